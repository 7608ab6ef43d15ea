import type { WireSchema } from './schema.js';

/** Answer to Hello: everything needed to decode what follows. */
export interface Welcome {
  readonly major: number;
  readonly minor: number;
  readonly server: string;
  readonly session: bigint;
  readonly resumeToken: string;
  readonly world: string;
  readonly partition: string;
  readonly chunkMetres: number;
  readonly simulationHz: number;
  readonly snapshotHz: number;
  readonly interestRadius: number;
  readonly schema: WireSchema;
  readonly nextSeq: number;
}

/** Which cell simulates the avatar now. */
export interface ServerInfo {
  readonly worldId: string;
  readonly regionA: number;
  readonly regionB: number;
  readonly layer: number;
  readonly cellEpoch: bigint;
  readonly avatar: bigint;
}

/** A message of the game's own making. */
export interface GameMessage {
  readonly type: number;
  readonly requestId: number;
  readonly payload: Uint8Array;
}

/** What became of a durable command, as it came. */
export interface WireResult {
  readonly requestId: string;
  /** Of the command. */
  readonly type: string;
  readonly done: boolean;
  readonly errorCode: string;
  readonly reason: string;
  readonly retryAfterMs: number;
  /** JSON, or empty. */
  readonly payload: string;
}

/** A durable event, as it came. */
export interface WireEvent {
  readonly topic: string;
  readonly key: string;
  readonly id: string;
  /** JSON. */
  readonly payload: string;
}

export interface ServerError {
  readonly code: number;
  /** For example `VERSION_MISMATCH`; `UNKNOWN` for a code of a newer server. */
  readonly name: string;
  readonly message: string;
  readonly fatal: boolean;
  readonly retryAfterMs: number;
  readonly requestId: number;
}
