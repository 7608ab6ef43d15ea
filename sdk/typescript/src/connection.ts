import type { ClientState, ConnectOptions, ReconnectPolicy, SocketLike } from './api.js';
import { encodeHello, errorName } from './codec.js';
import { ErrorCode } from './generated/error-code.js';
import type { ServerError } from './messages.js';
import { backoffMs, errorOfClose, isWorthRetrying, RECONNECT_DEFAULT } from './reconnect.js';

/** A connection that lived this long starts anew with the shortest delay; one that dies at once must not be hammered. */
const STEADY_MS = 5000;

/** A server sends snapshots all the time; after this much silence the connection is dead, even if nobody closed it. */
const SILENCE_MS_MAX = 10_000;

/** Who is told what a connection does. */
export interface ConnectionEvents {
  /** A throw means that the server and this client disagree: the connection is made anew. */
  message(bytes: Uint8Array): void;
  state(state: ClientState, reason: string, code: string): void;
}

/**
 * A connection that comes back: socket, token, Hello, and when each is tried again.
 *
 *     open ─► token ─► socket ─► Hello ─► Welcome: open ─► lost: reconnecting ─► wait ─► token …
 *                └────────┴─────────┴── refused for good: closed
 */
export class Connection {
  reconnects = 0;
  /** When the next attempt starts, by `now()`; undefined while none is waited for. */
  retryAtMs: number | undefined;
  private socket: SocketLike | undefined;
  private guestToken: string | undefined;
  private expiredToken: string | undefined;
  private resumeToken = '';
  private attempt = 0;
  /** Which gateway is tried; the next is, whenever a connection ends. */
  private turn = 0;
  private retryAfterMs = 0;
  private lastError: ServerError | undefined;
  private welcomedOnce = false;
  private isOpen = false;
  private openedAt = 0;
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private readonly policy: ReconnectPolicy | undefined;

  constructor(
    private readonly options: ConnectOptions,
    private readonly events: ConnectionEvents,
  ) {
    this.guestToken = options.guestToken;
    this.policy = options.reconnect === false ? undefined : { ...RECONNECT_DEFAULT, ...options.reconnect };
  }

  get unsentBytes(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  get knownToken(): string | undefined {
    return this.options.token ?? this.guestToken;
  }

  open(): void {
    this.lastError = undefined;
    this.retryAtMs = undefined;
    this.token().then(
      (token) => this.openSocket(token),
      (problem: unknown) => this.lost(`no guest token: ${problem instanceof Error ? problem.message : problem}`, 0),
    );
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.socket?.send(bytes);
  }

  /** The server said what is wrong, mostly right before it closes the connection. */
  noteError(error: ServerError): void {
    if (error.fatal) this.lastError = error;
    this.retryAfterMs = error.fatal ? error.retryAfterMs : this.retryAfterMs;
  }

  welcomed(resumeToken: string): void {
    this.resumeToken = resumeToken;
    if (this.welcomedOnce) this.reconnects++;
    this.welcomedOnce = true;
    this.isOpen = true;
    this.openedAt = this.now();
    this.retryAfterMs = 0;
    this.events.state('open', 'connected', '');
  }

  /** @param code for programs, if there is one */
  close(reason: string, code = ''): void {
    if (this.over) return;
    this.over = true;
    this.isOpen = false;
    this.retryAtMs = undefined;
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.drop(1000, code === '' ? reason : code); // a long one would be refused by the socket
    this.events.state('closed', reason, code);
  }

  private async token(): Promise<string> {
    const { token, guestUrl } = this.options;
    if (token !== undefined) return token;
    if (guestUrl === undefined) return '';
    if (this.guestToken === undefined) {
      let response = await this.askForToken(guestUrl, this.expiredToken);
      if (response.status === 401 && this.expiredToken !== undefined) response = await this.askForToken(guestUrl);
      this.expiredToken = undefined;
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const answer = (await response.json()) as { token?: unknown };
      if (typeof answer.token !== 'string') throw new Error('the answer holds no token');
      this.guestToken = answer.token;
    }
    return this.guestToken;
  }

  /** With an expired token the server gives a new one of the same character. */
  private askForToken(guestUrl: string, expired?: string): Promise<Response> {
    return fetch(guestUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(expired === undefined ? {} : { authorization: `Bearer ${expired}` }),
      },
      body: JSON.stringify({ name: this.options.name }),
    });
  }

  private openSocket(token: string): void {
    if (this.over) return;
    const urls = [this.options.url, ...(this.options.otherUrls ?? [])];
    const url = urls[this.turn % urls.length]!;
    const full = token === '' ? url : `${url}${url.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`;
    let socket: SocketLike;
    try {
      socket = (this.options.openSocket ?? ((to: string) => new WebSocket(to) as unknown as SocketLike))(full);
    } catch (problem) {
      return this.lost(`cannot open ${url}: ${problem instanceof Error ? problem.message : problem}`, 0);
    }
    this.socket = socket;
    this.listen();
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.greet();
    socket.onmessage = (event) => this.onMessage(event.data);
    socket.onclose = (event) => {
      this.socket = undefined;
      this.lost(event.reason, event.code);
    };
  }

  private greet(): void {
    const { world = '', name = '', clientName = 'terrane-ts/0.1.0' } = this.options;
    this.send(encodeHello({ world, name, resumeToken: this.resumeToken, client: clientName }));
  }

  private onMessage(data: unknown): void {
    if (!(data instanceof ArrayBuffer)) return;
    this.listen();
    try {
      this.events.message(new Uint8Array(data));
    } catch (problem) {
      console.error('the server sent what this client cannot follow; connecting anew', problem);
      this.drop(4001, 'cannot follow');
      this.lost('the connection lost its thread', 0);
    }
  }

  /** Starts to wait for the next message anew. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.drop(4015, 'silence');
      this.lost('the server fell silent', 0);
    }, SILENCE_MS_MAX);
  }

  private lost(reason: string, closeCode: number): void {
    clearTimeout(this.silence);
    if (this.over) return;
    const wasOpen = this.isOpen;
    this.isOpen = false;
    this.turn++;
    if (wasOpen && this.now() - this.openedAt >= STEADY_MS) this.attempt = 0;
    const code = this.lastError?.code ?? errorOfClose(closeCode);
    const text = this.lastError?.message || reason || (wasOpen ? 'the connection was lost' : 'the server does not answer');
    const name = code === 0 ? '' : errorName(code);
    const canRenew = this.options.token === undefined && this.options.guestUrl !== undefined;
    if (code === ErrorCode.RESUME_REFUSED) this.resumeToken = '';
    // A handshake refused by HTTP looks like any other failure, so a guest who never got in asks for a new token, if it can be of the same character.
    if (code === ErrorCode.UNAUTHORIZED || code === ErrorCode.TOKEN_EXPIRED || !this.welcomedOnce) {
      this.expiredToken = this.guestToken;
      this.guestToken = undefined;
    }
    if (this.policy === undefined || this.attempt >= this.policy.attemptsMax || !isWorthRetrying(code, canRenew)) {
      this.over = true;
      this.events.state('closed', code === 0 ? text : `${text} (${name})`, name);
      return;
    }
    const random = (this.options.random ?? Math.random)();
    const delay = Math.max(this.retryAfterMs, backoffMs(this.policy, this.attempt++, random));
    this.retryAtMs = this.now() + delay;
    this.events.state(this.welcomedOnce ? 'reconnecting' : 'connecting', text, name);
    this.timer = setTimeout(() => this.open(), delay);
  }

  private now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }

  private drop(code: number, reason: string): void {
    const socket = this.socket;
    this.socket = undefined;
    if (socket === undefined) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close(code, reason);
  }
}
