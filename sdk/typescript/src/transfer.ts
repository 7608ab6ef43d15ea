/** What a cluster gives to a character who wants to go to another one. */
export interface PreparedTransfer {
  /** Secret, good once and for about a minute. */
  readonly token: string;
  /** Where to show it. */
  readonly redeemAt: string;
}

/**
 * Asks the cluster that one plays in for a token to go to another one. Nothing changes yet: close the client when the other cluster has taken the token.
 *
 * @param rest the REST address, for example `/api/v1`
 * @param token as in `client.token`
 * @param destination cluster and world, for example `terrane-2/skirmish`
 * @param lastSeq `client.lastSeq`: numbers go on there
 * @throws Error that says what the server answered
 */
export async function prepareTransfer(
  rest: string,
  token: string,
  destination: string,
  lastSeq: number,
): Promise<PreparedTransfer> {
  const answer = await post(`${rest}/transfers`, token, { destination, last_seq: lastSeq });
  return { token: text(answer, 'token'), redeemAt: text(answer, 'redeem_at') };
}

/**
 * Exchanges a transfer token for one to play in the other cluster: connect there with it as `token`.
 *
 * @throws Error that says what the server answered: a token is good once, at one place, until it expires
 */
export async function redeemTransfer(redeemAt: string, transferToken: string): Promise<string> {
  return text(await post(redeemAt, transferToken, {}), 'token');
}

async function post(url: string, token: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${String(answer.reason ?? '')}`);
  return answer;
}

function text(answer: Record<string, unknown>, name: string): string {
  const value = answer[name];
  if (typeof value !== 'string') throw new Error(`the answer holds no ${name}`);
  return value;
}
