/** The gateway of the server that a page came from; a bad link that was asked for (docs/NETCODE.md) goes along. */
export function socketUrl(pageUrl: string): string {
  const page = new URL(pageUrl);
  const url = new URL('/ws', page);
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  const link = page.searchParams.get('link');
  if (link !== null) url.searchParams.set('link', link);
  return url.href;
}
