import { encodeCommand, encodeResultAck } from './codec.js';
import { type CommandOptions, CommandLostError, type CommandResult } from './durable.js';
import type { WireResult } from './messages.js';

/** The server takes 32 of a session. */
const IN_FLIGHT_MAX = 24;
/** Of the 60 messages a second that a server takes, most are left to inputs. */
const SENDS_PER_SECOND = 20;
const SENDS_AT_ONCE = 24;
/** A result that has not come after this long was lost on the way: asking again is harmless. */
const RESEND_MS = 10_000;
/** With the waits between them, about a minute. */
const BUSY_RETRIES_MAX = 10;
const BUSY_WAIT_MS = 250;
const BUSY_WAIT_MS_MAX = 10_000;
/** Results that come together are acked together. */
const ACK_DELAY_MS = 50;
const ACK_COUNT_MAX = 64;
const PAYLOAD_BYTES_MAX = 8 * 1024;
const NAME = /^[\x21-\x7e]{1,64}$/;
/** Nothing was accepted, so nothing is kept and nothing is to be acked. */
const TRANSIENT: readonly string[] = ['BUSY', 'TOO_MANY'];

interface Pending {
  readonly type: string;
  readonly version: number;
  readonly requestId: string;
  readonly json: string;
  readonly promise: Promise<CommandResult>;
  readonly resolve: (result: CommandResult) => void;
  readonly reject: (problem: Error) => void;
  sent: boolean;
  /** When to send it, or to send it again. */
  dueAt: number;
  busyCount: number;
}

/** What the book needs of its client. */
export interface CommandLink {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  now(): number;
  random(): number;
}

/**
 * The commands whose results have not come yet, oldest first.
 *
 *     add ─► waits ─► sent ─► result ─► acked, told
 *              ▲        │
 *              └────────┘ connection lost · BUSY, a little later · no result for long
 */
export class CommandBook {
  private readonly pending = new Map<string, Pending>();
  private acks: string[] = [];
  private open = false;
  private tokens = SENDS_AT_ONCE;
  private refilledAt: number;
  private pumpTimer: ReturnType<typeof setTimeout> | undefined;
  private ackTimer: ReturnType<typeof setTimeout> | undefined;
  private closedWhy: string | undefined;

  constructor(private readonly link: CommandLink) {
    this.refilledAt = link.now();
  }

  add(type: string, payload: unknown, options: CommandOptions): Promise<CommandResult> {
    const { version = 1, requestId = newRequestId() } = options;
    const json = JSON.stringify(payload ?? {});
    const problem = this.problemWith(type, version, requestId, json);
    if (problem !== undefined) return Promise.reject(problem);
    const known = this.pending.get(requestId);
    if (known !== undefined) return known.promise;
    let resolve: Pending['resolve'] = () => {};
    let reject: Pending['reject'] = () => {};
    const promise = new Promise<CommandResult>((done, failed) => ([resolve, reject] = [done, failed]));
    promise.catch(() => {}); // whoever does not wait for it is not bothered when the client is closed
    const entry = { type, version, requestId, json, promise, resolve, reject };
    this.pending.set(requestId, { ...entry, sent: false, dueAt: this.link.now(), busyCount: 0 });
    this.pump();
    return promise;
  }

  private problemWith(type: string, version: number, requestId: string, json: string): Error | undefined {
    if (this.closedWhy !== undefined) return new CommandLostError(requestId, this.closedWhy);
    if (!NAME.test(type)) return new RangeError(`'${type}' is no type of a command`);
    if (!Number.isInteger(version) || version < 1 || version > 65_535) return new RangeError(`version ${version}`);
    if (!NAME.test(requestId)) return new RangeError('a request id is 1 to 64 visible ASCII characters');
    const bytes = new TextEncoder().encode(json).length;
    if (bytes > PAYLOAD_BYTES_MAX) {
      return new RangeError(`a payload of ${bytes} bytes is longer than ${PAYLOAD_BYTES_MAX}`);
    }
    const known = this.pending.get(requestId);
    if (known !== undefined && (known.type !== type || known.version !== version || known.json !== json)) {
      return new RangeError(`the request id ${requestId} belongs to another command`);
    }
    return undefined;
  }

  /** Connected, perhaps again: everything without a result is asked for again. */
  opened(knowsCommands: boolean): void {
    if (!knowsCommands) {
      const reason = 'this server is too old for durable commands';
      for (const each of [...this.pending.values()]) this.refused(each, 'UNKNOWN_COMMAND', reason, 0);
      return;
    }
    this.open = true;
    this.tokens = SENDS_AT_ONCE;
    this.refilledAt = this.link.now();
    this.pump();
  }

  lost(): void {
    this.open = false;
    this.acks = []; // whatever they were for comes again
    clearTimeout(this.pumpTimer);
    clearTimeout(this.ackTimer);
    this.ackTimer = undefined;
    for (const each of this.pending.values()) {
      if (each.sent) each.dueAt = this.link.now();
      each.sent = false;
    }
  }

  closed(why: string): void {
    this.lost();
    this.closedWhy = why;
    const all = [...this.pending.values()];
    this.pending.clear();
    for (const each of all) each.reject(new CommandLostError(each.requestId, why));
  }

  /** A result that nobody waits for came before, or belongs to an earlier life of this player: it is acked all the same. */
  result(result: WireResult): void {
    const isTransient = !result.done && TRANSIENT.includes(result.errorCode);
    if (!isTransient) this.ack(result.requestId);
    const entry = this.pending.get(result.requestId);
    if (entry === undefined) return;
    if (isTransient && entry.busyCount < BUSY_RETRIES_MAX) {
      this.holdBack(entry, result.retryAfterMs);
    } else if (result.done) {
      this.done(entry, result.payload);
    } else {
      this.refused(entry, result.errorCode, result.reason, result.retryAfterMs);
    }
    this.pump();
  }

  private holdBack(entry: Pending, retryAfterMs: number): void {
    const backoff = Math.min(BUSY_WAIT_MS_MAX, BUSY_WAIT_MS * 2 ** entry.busyCount++);
    entry.sent = false;
    // What was refused together must not come back together.
    entry.dueAt = this.link.now() + Math.max(retryAfterMs, backoff) * (1 + this.link.random() / 4);
  }

  private done(entry: Pending, json: string): void {
    this.pending.delete(entry.requestId);
    try {
      const payload: unknown = json === '' ? undefined : JSON.parse(json);
      entry.resolve({ ok: true, requestId: entry.requestId, payload });
    } catch {
      entry.reject(new Error(`${entry.type} was carried out, but its result is no JSON`));
    }
  }

  private refused(entry: Pending, errorCode: string, reason: string, retryAfterMillis: number): void {
    this.pending.delete(entry.requestId);
    entry.resolve({ ok: false, requestId: entry.requestId, errorCode, reason, retryAfterMillis });
  }

  /** Sends what is due, as far as window and rate allow, and comes back when more is. */
  private pump(): void {
    clearTimeout(this.pumpTimer);
    if (!this.open) return;
    const now = this.link.now();
    this.tokens = Math.min(SENDS_AT_ONCE, this.tokens + ((now - this.refilledAt) * SENDS_PER_SECOND) / 1000);
    this.refilledAt = now;
    let inFlight = 0;
    for (const each of this.pending.values()) inFlight += each.sent ? 1 : 0;
    let wakeAt = Infinity;
    for (const each of this.pending.values()) {
      if (!each.sent && inFlight >= IN_FLIGHT_MAX) continue; // a result makes room, and comes here
      if (each.dueAt <= now && this.tokens >= 1) {
        this.tokens--;
        inFlight += each.sent ? 0 : 1;
        each.sent = true;
        each.dueAt = now + RESEND_MS;
        this.link.send(encodeCommand(each.type, each.version, each.requestId, new TextEncoder().encode(each.json)));
      }
      wakeAt = Math.min(wakeAt, Math.max(each.dueAt, now + 1000 / SENDS_PER_SECOND));
    }
    if (wakeAt < Infinity) this.pumpTimer = setTimeout(() => this.pump(), Math.ceil(wakeAt - now));
  }

  private ack(requestId: string): void {
    if (!this.open || this.acks.includes(requestId)) return;
    this.acks.push(requestId);
    if (this.acks.length >= ACK_COUNT_MAX) return this.flushAcks();
    this.ackTimer ??= setTimeout(() => this.flushAcks(), ACK_DELAY_MS);
  }

  private flushAcks(): void {
    clearTimeout(this.ackTimer);
    this.ackTimer = undefined;
    const ids = this.acks;
    this.acks = [];
    if (this.open && ids.length > 0) this.link.send(encodeResultAck(ids));
  }
}

/** `crypto.randomUUID` is missing on pages that came by plain HTTP. */
function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
