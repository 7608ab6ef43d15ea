/** Before it runs out by so much, a token is exchanged for a new one. */
const RENEW_SECONDS = 60;

interface Claims {
  sub?: string;
  /** Unix seconds. */
  exp?: number;
}

/** Questions to the server's REST interface on behalf of one guest, whose token is renewed in time: a socket lives longer than a token. */
export class Rest {
  private renewing: Promise<void> | undefined;

  /** @param token as the socket was opened with */
  constructor(private token: string | undefined) {}

  /** `character:<uuid>`, as the server's services call this guest; empty when the token cannot be read. */
  get clientId(): string {
    const { sub } = claimsOf(this.token);
    return sub === undefined ? '' : `character:${sub}`;
  }

  /** Undefined when it cannot be answered now. */
  async ask<T>(path: string): Promise<T | undefined> {
    try {
      if ((claimsOf(this.token).exp ?? Infinity) - Date.now() / 1000 < RENEW_SECONDS) {
        this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
        await this.renewing;
      }
      const response = await this.send('GET', path);
      return response.ok ? ((await response.json()) as T) : undefined;
    } catch {
      return undefined; // The server is away: the link says so, and asks again when it is back.
    }
  }

  private async renew(): Promise<void> {
    const response = await this.send('POST', '/guest');
    if (response.ok) this.token = ((await response.json()) as { token: string }).token;
  }

  private send(method: 'GET' | 'POST', path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    return fetch(`/api/v1${path}`, method === 'GET' ? { headers } : { method, headers, body: '{}' });
  }
}

function claimsOf(token: string | undefined): Claims {
  try {
    return JSON.parse(atob((token ?? '').split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
  } catch {
    return {};
  }
}
