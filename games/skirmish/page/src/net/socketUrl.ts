/** Where the page's own server takes players in. A developer's `?link=` goes along: the server makes his network that bad (docs/NETCODE.md). */
export function socketUrl(page: string): string {
  const url = new URL('/ws', page);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const link = new URL(page).searchParams.get('link');
  if (link) url.searchParams.set('link', link);
  return url.href;
}
