export interface CommandOptions {
  /** Of the command's type; unless said, the one that the generated types of the game are of, else 1. */
  readonly version?: number;
  /** 1 to 64 visible ASCII characters, never used for another command; a random one unless given. Give the one of an earlier try to go on with it, also after a reload of the page. */
  readonly requestId?: string;
}

/**
 * Carried out exactly once (`ok`), or refused with nothing changed. Only with the codes `DEAD` (put aside by the server) and `BUSY` (this client has asked for long enough) nobody can say so: it may have
 * happened, or happen yet; the same request id again finds out.
 */
export type CommandResult<R = unknown> =
  | { readonly ok: true; readonly requestId: string; readonly payload: R }
  | {
      readonly ok: false;
      readonly requestId: string;
      /** `UPPER_SNAKE`, for programs. */
      readonly errorCode: string;
      /** For people. */
      readonly reason: string;
      /** 0: the same again is of no use. */
      readonly retryAfterMillis: number;
    };

/** Something has happened, durably. */
export interface DurableEvent<P = unknown, T extends string = string> {
  readonly topic: T;
  /** What it is about: events with one key come in order. */
  readonly key: string;
  readonly id: string;
  readonly payload: P;
}

/** The client was closed before the result came: whether the command was carried out is not known. Asking again with `requestId` tells. */
export class CommandLostError extends Error {
  constructor(
    readonly requestId: string,
    why: string,
  ) {
    super(`${why}; ask again with the request id ${requestId} to learn what became of it`);
    this.name = 'CommandLostError';
  }
}
