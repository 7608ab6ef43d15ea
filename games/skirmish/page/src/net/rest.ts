import { Rest as ServerRest, RestError, type RestAnswer, type RestArguments, type RestPath } from '@terrane/client/rest';

/** Before it runs out by so much, a token is exchanged for a new one. */
const RENEW_SECONDS = 60;

interface Claims {
  sub?: string;
  /** Unix seconds. */
  exp?: number;
}

/** What can be asked for. */
export type Question = RestPath<'get'>;
export type Answer<P extends Question> = RestAnswer<'get', P>;

/** Questions to the server's REST interface on behalf of one guest, whose token is renewed in time: a socket lives longer than a token. */
export class Rest {
  private readonly server = new ServerRest({ token: () => this.token });
  private renewing: Promise<void> | undefined;

  /** @param token as the socket was opened with */
  constructor(private token: string | undefined) {}

  /** `character:<uuid>`, as the server's services call this guest; empty when the token cannot be read. */
  get clientId(): string {
    const { sub } = claimsOf(this.token);
    return sub === undefined ? '' : `character:${sub}`;
  }

  /** Undefined when it cannot be answered now. */
  async ask<P extends Question>(path: P, ...parameters: RestArguments<'get', P>): Promise<Answer<P> | undefined> {
    try {
      if ((claimsOf(this.token).exp ?? Infinity) - Date.now() / 1000 < RENEW_SECONDS) {
        this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
        await this.renewing;
      }
      return await this.server.get(path, ...parameters);
    } catch {
      return undefined; // The server is away: the link says so, and asks again when it is back.
    }
  }

  private async renew(): Promise<void> {
    try {
      this.token = (await this.server.post('/guest', {})).token;
    } catch (problem) {
      if (!(problem instanceof RestError)) throw problem; // Refused: the old one may do for a moment.
    }
  }
}

function claimsOf(token: string | undefined): Claims {
  try {
    return JSON.parse(atob((token ?? '').split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
  } catch {
    return {};
  }
}
