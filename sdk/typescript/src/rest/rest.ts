import type { RestAnswer, RestArguments, RestBody, RestPath } from './types.js';

export interface RestOptions {
  /** Default: `/api/v1` of the page; elsewhere, and in Node, the whole address: `https://play.example/api/v1`. */
  readonly url?: string;
  /** Who asks: a JWT, or what gives the one of the moment. Without it only what is public is answered. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>);
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}

/** The server refused, or made a mistake; where it was not reached at all, fetch's own error is thrown. */
export class RestError extends Error {
  override readonly name = 'RestError';

  constructor(
    readonly status: number,
    /** Small letters and `_`, for programs; empty if the answer was not the server's. */
    readonly errorCode: string,
    /** For people. */
    readonly reason: string,
    /** 0: nothing was said of trying again. */
    readonly retryAfterMillis: number,
  ) {
    super(`the server answered ${status}${errorCode === '' ? '' : ` (${errorCode})`}: ${reason}`);
  }
}

interface Parameters {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/** Questions to the server's REST interface; paths, parameters and answers have the types of its OpenAPI document. */
export class Rest {
  constructor(private readonly options: RestOptions = {}) {}

  /** @throws RestError */
  get<P extends RestPath<'get'>>(path: P, ...[parameters]: RestArguments<'get', P>): Promise<RestAnswer<'get', P>> {
    return this.ask('GET', path, parameters as Parameters | undefined, undefined) as Promise<RestAnswer<'get', P>>;
  }

  /** @throws RestError */
  post<P extends RestPath<'post'>>(
    path: P,
    body: RestBody<P>,
    ...[parameters]: RestArguments<'post', P>
  ): Promise<RestAnswer<'post', P>> {
    return this.ask('POST', path, parameters as Parameters | undefined, body ?? {}) as Promise<RestAnswer<'post', P>>;
  }

  private async ask(method: string, path: string, parameters: Parameters | undefined, body: object | undefined): Promise<unknown> {
    const { url = '/api/v1', token, fetch: ask = globalThis.fetch } = this.options;
    const bearer = typeof token === 'function' ? await token() : token;
    const headers = {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await ask(url + filled(path, parameters), { method, headers, ...sent });
    const answer = (await response.json().catch(() => undefined)) as unknown;
    if (!response.ok) throw errorOf(response.status, answer);
    if (answer === undefined) throw new RestError(response.status, '', 'the answer is no JSON', 0);
    return answer;
  }
}

function filled(path: string, { path: values = {}, query = {} }: Parameters = {}): string {
  const whole = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new TypeError(`${path} needs the parameter ${name}`);
    return encodeURIComponent(String(values[name]));
  });
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  return asked.length === 0 ? whole : `${whole}?${new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString()}`;
}

function errorOf(status: number, answer: unknown): RestError {
  const { error_code: code, reason, retry_after: seconds } = (answer ?? {}) as Record<string, unknown>;
  return new RestError(
    status,
    typeof code === 'string' ? code : '',
    typeof reason === 'string' ? reason : 'no reason was given',
    typeof seconds === 'number' ? seconds * 1000 : 0,
  );
}
