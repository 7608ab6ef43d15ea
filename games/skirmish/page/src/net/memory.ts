/** For one tab: two tabs are two pilots, and a tab that is loaded anew goes on as the one it was. */
const STORED_AS = 'skirmish.token';

/** What this tab was known by before it was loaded anew: with it come the same pilot and its credits. */
export function rememberedToken(): string | undefined {
  try {
    return sessionStorage.getItem(STORED_AS) ?? undefined;
  } catch {
    return undefined; // Storage may be forbidden; the game goes on without memory.
  }
}

export function rememberToken(token: string | undefined): void {
  try {
    if (token !== undefined) sessionStorage.setItem(STORED_AS, token);
  } catch {
    // As above.
  }
}
