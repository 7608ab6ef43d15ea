import type { Partition, RegionId } from './partition.js';
import type { CommandOptions, CommandResult, DurableEvent, EventOf, PayloadOf, ResultOf } from './durable.js';
import type { GameMessage, ServerError, ServerInfo, Welcome } from './messages.js';
import type { WasmRule } from './wasmRule.js';

/** A component's replicated fields by name, for example `{ x: 1.5, y: -2, z: 0 }`; longs are bigints. */
export type Fields = Record<string, FieldValue>;
export type FieldValue = number | bigint | boolean | string;

export interface ConnectOptions {
  /** For example `wss://play.example/ws`. */
  readonly url: string;
  /** More gateways of the same cluster: whenever a connection is lost or does not come about, the next is tried, in turn with `url`. */
  readonly otherUrls?: readonly string[];
  /** Empty or absent: the server's default world. */
  readonly world?: string;
  /** What to call the avatar: 1 to 24 characters. */
  readonly name: string;
  /** A JWT; without it and with `guestUrl` a guest token is fetched (and renewed when the server says it expired). */
  readonly token?: string;
  /** For example `/api/v1/guest`: answers POST with `{ "token": "…" }`. */
  readonly guestUrl?: string;
  /** A guest's token of an earlier visit: with it comes the same character. A new one is fetched when the server does not take it any more. */
  readonly guestToken?: string;
  /** For the server's statistics. */
  readonly clientName?: string;
  /** How far in the past others are drawn, so that two samples surround the moment. Default: as little as the connection allows, 100 to 200. */
  readonly interpolationDelayMs?: number;
  /** How long a missing sample is made up from the last movement. Default 250. */
  readonly extrapolationMsMax?: number;
  /** Metres per second: whoever is faster than this between two samples was put elsewhere, and is not drawn on the way. Default 500. */
  readonly teleportSpeed?: number;
  /** Default: 250 ms doubling up to 10 s, half of it random, for ever. */
  readonly reconnect?: Partial<ReconnectPolicy> | false;
  /**
   * What the own avatar is predicted by while it is steered ({@link TerraneClient.steer}). Default: the world's movement rule, fetched from the server. False: it is not.
   */
  readonly predict?: boolean | WasmRule;
  /** Default: the platform's WebSocket. */
  readonly openSocket?: (url: string) => SocketLike;
  /** Monotonic milliseconds. Default: performance.now. */
  readonly now?: () => number;
  /** 0 to 1, for jitter. Default: Math.random. */
  readonly random?: () => number;
}

export interface ReconnectPolicy {
  readonly firstDelayMs: number;
  readonly delayMsMax: number;
  readonly attemptsMax: number;
}

/** The part of WebSocket that a connection uses. */
export interface SocketLike {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
  readonly bufferedAmount: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}

/**
 * - `connecting`: the first connection is being made.
 * - `open`: Welcome arrived; snapshots flow.
 * - `reconnecting`: the connection was lost; entities stay as they were last seen.
 * - `closed`: over, for `reason`; nothing more happens.
 */
export type ClientState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** What to do in one simulation tick; absent fields are 0. */
export interface Input {
  /** Wish to move, each axis -1 to 1. */
  readonly moveX?: number;
  readonly moveY?: number;
  /** Radians. */
  readonly aim?: number;
  /** Bits of buttons that are down. */
  readonly held?: number;
  /** Bits of buttons that went down since the last input. */
  readonly pressed?: number;
}

export type LeaveReason = 'despawned' | 'left-view';

/** The named things that happen; handlers run inside the arrival of a message, after the whole message is applied. */
export interface ClientEvents {
  open: (welcome: Welcome) => void;
  info: (info: ServerInfo) => void;
  enter: (entity: Entity) => void;
  /** `fields` are full names such as `kit.position.x`. */
  change: (entity: Entity, fields: readonly string[]) => void;
  leave: (entity: Entity, reason: LeaveReason) => void;
  /** A game event, for example `skirmish.shot`; `region` tells from where its local coordinates are measured. */
  event: (name: string, fields: Fields, region: RegionId) => void;
  self: (self: Self) => void;
  message: (message: GameMessage) => void;
  error: (error: ServerError) => void;
  state: (state: ClientState, reason: string) => void;
  /** After each snapshot. */
  snapshot: (tick: number, bytes: number) => void;
  /** An input was taken for a tick ({@link TerraneClient.steer}); `predicted` is what it makes of the own avatar. */
  steered: (tick: number, input: Input) => void;
  /** The own avatar was not where it had been predicted. What is drawn slides there, see {@link TerraneClient.sampleSelf}. */
  correction: (correction: Correction) => void;
}

/** A moment of an entity, in world coordinates. */
export interface Sample {
  x: number;
  y: number;
  z: number;
  heading: number;
  /** True when the moment lies after the newest sample. */
  extrapolated: boolean;
}

/** By how much a prediction was wrong. */
export interface Correction {
  /** Of the server's word that told. */
  readonly tick: number;
  /** From where the avatar was drawn to where it has turned out to be. */
  readonly metres: number;
  /** It was put elsewhere: it is drawn there at once. */
  readonly teleport: boolean;
}

/** Anything in view. Lives from `enter` to `leave`; the same object throughout, whichever cell owns it. */
export interface Entity {
  readonly id: bigint;
  /** Of two copies the higher is true. */
  readonly ownership: number;
  /** The region from whose origin `components['kit.position']` is measured. */
  readonly region: RegionId;
  /** Which of the region's cells owns it: 0, or more where a crowd is split. */
  readonly layer: number;
  /** By name; values as of the newest snapshot. */
  readonly components: Readonly<Record<string, Fields>>;
  /** Newest known position in world coordinates. */
  readonly worldX: number;
  readonly worldY: number;
  readonly worldZ: number;
  /** Server tick of the newest state. */
  readonly tick: number;
  /** Where it was (or will be) at that server time, see {@link TerraneClient.renderTimeMs}. Writes into `into` if given. */
  sample(serverTimeMs: number, into?: Sample): Sample;
}

/** The own avatar, exactly as the server knows it at `tick`, owner-only fields included. */
export interface Self {
  readonly avatar: bigint;
  readonly tick: number;
  /** The last input that this state contains. */
  readonly ackSeq: number;
  readonly region: RegionId;
  readonly components: Readonly<Record<string, Fields>>;
  readonly worldX: number;
  readonly worldY: number;
}

export interface Stats {
  /** Smoothed; NaN before the first Pong. */
  readonly rttMs: number;
  /** By how much one round trip differs from the next, smoothed. */
  readonly jitterMs: number;
  /** Server's Unix time minus the local `now()`. */
  readonly serverTimeOffsetMs: number;
  /** How far behind what is expected to have arrived others are drawn now: 100 to 200, more where the server sends fewer than 10 snapshots a second. */
  readonly interpolationDelayMs: number;
  readonly tick: number;
  readonly entitiesInView: number;
  readonly bytesPerSecond: number;
  readonly snapshotsPerSecond: number;
  /** Age of the oldest slice in the last snapshot, in ticks. */
  readonly stalenessTicks: number;
  /** Simulated seconds per real second: 1 unless the world is overloaded and its time runs slower. */
  readonly dilation: number;
  /**
   * How far the world has stepped down under load, each step beyond the one before: 0 not at all, 1 opportunistic systems do not run, 2 far rings come half as
   * often, 3 the heaviest cell splits into layers. Slower time comes last, see `dilation`. More steps may be added at the end.
   */
  readonly shed: number;
  readonly reconnects: number;
  /** Whether the own avatar is predicted. */
  readonly predicting: boolean;
  /** The least by which inputs came before the frame of their tick, as the server told last; NaN: it has not. */
  readonly inputMarginMs: number;
  /** How much earlier than the fastest round trip needs inputs are sent. */
  readonly inputReserveMs: number;
  /** Errors of prediction of more than a centimetre. */
  readonly correctionsPerMinute: number;
  /** The largest of the last minute, teleports not counted. */
  readonly correctionMetresMax: number;
}

export interface TerraneClient {
  readonly state: ClientState;
  /** Why `state` is what it is: a sentence for the player. */
  readonly stateReason: string;
  /** When the next attempt to connect starts, by `now()`; undefined while none is waited for. */
  readonly retryAtMs: number | undefined;
  readonly entities: ReadonlyMap<bigint, Entity>;
  readonly self: Self | undefined;
  readonly welcome: Welcome | undefined;
  /** What the server knows this client by, for REST; undefined before it is fetched. Send it nowhere else: whoever has it is this player. */
  readonly token: string | undefined;
  /** The cell that simulates the avatar. */
  readonly info: ServerInfo | undefined;
  readonly partition: Partition | undefined;
  readonly stats: Stats;
  on<K extends keyof ClientEvents>(name: K, handler: ClientEvents[K]): () => void;
  /** Number of the last input that was sent; 0: none yet. */
  readonly lastSeq: number;
  /** Numbers and sends one input, to be applied in its turn; call it once per simulation tick. Returns its number, or 0 when not connected. Most games {@link steer}. */
  input(input: Input): number;
  /**
   * Asks for an input for each simulation tick, so long before it as the way to the server takes, and sends it. What it will do to the own avatar shows at once: see
   * {@link sampleSelf}. One reader at a time. Returns what ends it.
   */
  steer(read: () => Input): () => void;
  /** Where the own avatar is now, ahead of the server; call it once a frame. Undefined while it is not predicted: not steered, or a world without a movement rule. */
  sampleSelf(into?: Sample): Sample | undefined;
  /** The own avatar's fields after the last input, as far as they can be known. */
  readonly predicted: Readonly<Record<string, Fields>> | undefined;
  /** Sends a game message. */
  message(type: number, requestId: number, payload: Uint8Array): void;
  /**
   * Asks for something durable: it is carried out exactly once, however often the connection, the server or this client's patience break in between. The promise
   * is kept across reconnects; a refusal is a value, with nothing changed unless its code is `DEAD` or `BUSY` (see {@link CommandResult}). It is rejected only when the client is closed first ({@link CommandLostError}), or
   * for what is no command at all. When the server is busy it is asked again by itself, for about a minute.
   */
  command<K extends string>(
    type: K,
    payload: PayloadOf<K>,
    options?: CommandOptions,
  ): Promise<CommandResult<ResultOf<K>>>;
  /** Hears of durable events while connected, each once, those with one key in order. Returns what takes the handler off again. */
  onEvent<K extends string>(topic: K, handler: (event: DurableEvent<EventOf<K>>) => void): () => void;
  /** The server's Unix time now, as far as known. It does not run backwards, unless the clock turns out to be set back by more than a second. */
  serverTimeMs(): number;
  /** The moment to draw: what snapshots are expected to have told about by now, less the interpolation delay. It does not run backwards, unless somebody set a clock; 0 before the first snapshot. */
  renderTimeMs(): number;
  close(): void;
}
