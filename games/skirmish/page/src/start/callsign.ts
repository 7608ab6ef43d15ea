const NAME_CHARS_MAX = 24;

/** Without spaces around it and within the server's limit, which counts characters, not UTF-16 units. */
export function cleanName(text: string): string {
  const tidy = text.trim().replaceAll(/\s+/g, ' ');
  return [...tidy].slice(0, NAME_CHARS_MAX).join('').trim();
}
