import type { Partition, RegionId } from './partition.js';
import type { CommandOptions, CommandResult } from './durable.js';
import type {
  AnyGame,
  CommandName,
  ComponentName,
  ComponentsOf,
  EntityWith,
  EventOf,
  EventPattern,
  FieldName,
  Game,
  PayloadOf,
  ResultOf,
} from './game.js';
import type { GameSchema } from './gameSchema.js';
import type { GameMessage, ServerError, ServerInfo, Welcome } from './messages.js';
import type { WasmRule } from './wasmRule.js';

/** A component's replicated fields by name, for example `{ x: 1.5, y: -2, z: 0 }`; longs are bigints. */
export type Fields = Record<string, FieldValue>;
export type FieldValue = number | bigint | boolean | string;

export interface ConnectOptions<G extends Game = AnyGame> {
  /** For example `wss://play.example/ws`. */
  readonly url: string;
  /** More gateways of the same cluster: whenever a connection is lost or does not come about, the next is tried, in turn with `url`. */
  readonly otherUrls?: readonly string[];
  /** Empty or absent: the server's default world. */
  readonly world?: string;
  /** What a generated file says of its game: gives the client its types. A world whose types do not fit is refused (`closed`, `SCHEMA_MISMATCH`), saying what differs; what it has beside them does not matter. */
  readonly game?: GameSchema<G>;
  /** What to call the avatar: 1 to 24 characters. Absent: as the token says. */
  readonly name?: string;
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

/** `lost-component`: of handlers for one component only; the entity is still in view, without it. */
export type LeaveReason = 'despawned' | 'left-view' | 'lost-component';

/** The named things that happen; handlers run inside the arrival of a message, after the whole message is applied. */
export interface ClientEvents<G extends Game = AnyGame> {
  open: (welcome: Welcome) => void;
  info: (info: ServerInfo) => void;
  self: (self: Self<G>) => void;
  message: (message: GameMessage) => void;
  error: (error: ServerError) => void;
  /** `code` as in {@link TerraneClient.stateCode}. */
  state: (state: ClientState, reason: string, code: string) => void;
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
export interface Entity<G extends Game = AnyGame> {
  readonly id: bigint;
  /** Of two copies the higher is true. */
  readonly ownership: number;
  /** The region from whose origin `components['kit.position']` is measured. */
  readonly region: RegionId;
  /** Which of the region's cells owns it: 0, or more where a crowd is split. */
  readonly layer: number;
  /** By name; values as of the newest snapshot. */
  readonly components: ComponentsOf<G['components']>;
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
export interface Self<G extends Game = AnyGame> {
  readonly avatar: bigint;
  readonly tick: number;
  /** The last input that this state contains. */
  readonly ackSeq: number;
  readonly region: RegionId;
  readonly components: ComponentsOf<G['self']>;
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

export interface TerraneClient<G extends Game = AnyGame> {
  readonly state: ClientState;
  /** Why `state` is what it is: a sentence for the player. */
  readonly stateReason: string;
  /** The same for programs: a name of {@link ServerError}, or `SCHEMA_MISMATCH`; empty where nobody said why. */
  readonly stateCode: string;
  /** When the next attempt to connect starts, by `now()`; undefined while none is waited for. */
  readonly retryAtMs: number | undefined;
  readonly entities: ReadonlyMap<bigint, Entity<G>>;
  readonly self: Self<G> | undefined;
  readonly welcome: Welcome | undefined;
  /** What the server knows this client by, for REST; undefined before it is fetched. Send it nowhere else: whoever has it is this player. */
  readonly token: string | undefined;
  /** The cell that simulates the avatar. */
  readonly info: ServerInfo | undefined;
  readonly partition: Partition | undefined;
  readonly stats: Stats;
  /** Each `on…` returns what takes the handler off again. */
  on<K extends keyof ClientEvents<G>>(name: K, handler: ClientEvents<G>[K]): () => void;
  /** Tells of entities that come into view from now on; those that are there already are in `entities`. */
  onEnter(handler: (entity: Entity<G>) => void): () => void;
  /** The same of entities with a component only: they come when they have it, too. */
  onEnter<K extends ComponentName<G>>(component: K, handler: (entity: EntityWith<G, K>) => void): () => void;
  /** `fields` are full names such as `kit.position.x`. */
  onChange(handler: (entity: Entity<G>, fields: readonly FieldName<G>[]) => void): () => void;
  /** The same of one component's fields only. */
  onChange<K extends ComponentName<G>>(
    component: K,
    handler: (entity: EntityWith<G, K>, fields: readonly FieldName<G, K>[]) => void,
  ): () => void;
  /** The entity is as it was seen last. */
  onLeave(handler: (entity: Entity<G>, reason: LeaveReason) => void): () => void;
  /** The same of entities with a component only: they go when they lose it, too. */
  onLeave<K extends ComponentName<G>>(component: K, handler: (entity: Entity<G>, reason: LeaveReason) => void): () => void;
  /**
   * Hears of events: of a topic, of a domain (`skirmish.*`, `evt.trade.*`) or of all (`*`). Those whose topic begins with `evt.` are durable: while connected each is told
   * once, also after a reconnect, those with one key in order. All others are told to whoever sees them in that moment.
   */
  onEvent<P extends EventPattern<G>>(pattern: P, handler: (event: EventOf<G, P>) => void): () => void;
  /** Number of the last input that was sent; 0: none yet. */
  readonly lastSeq: number;
  /** Numbers and sends one input, to be applied in its turn; call it once per simulation tick. Returns its number, or 0 when not connected. Most games {@link steer}. */
  sendInput(input: Input): number;
  /**
   * Asks for an input for each simulation tick, so long before it as the way to the server takes, and sends it. What it will do to the own avatar shows at once: see
   * {@link sampleSelf}. One reader at a time. Returns what ends it.
   */
  steer(read: () => Input): () => void;
  /** Where the own avatar is now, ahead of the server; call it once a frame. Undefined while it is not predicted: not steered, or a world without a movement rule. */
  sampleSelf(into?: Sample): Sample | undefined;
  /** The moment of {@link sampleSelf}, in ticks with their fraction: at whole numbers it is the state after that tick. */
  readonly selfTick: number;
  /** The own avatar's fields after the last input, as far as they can be known. */
  readonly predicted: ComponentsOf<G['self']> | undefined;
  /** Sends a game message. */
  message(type: number, requestId: number, payload: Uint8Array): void;
  /**
   * Asks for something durable: it is carried out exactly once, however often the connection, the server or this client's patience break in between. The promise
   * is kept across reconnects; a refusal is a value, with nothing changed unless its code is `DEAD` or `BUSY` (see {@link CommandResult}). It is rejected only when the client is closed first ({@link CommandLostError}), or
   * for what is no command at all. When the server is busy it is asked again by itself, for about a minute.
   */
  command<K extends CommandName<G>>(
    type: K,
    payload: PayloadOf<G, K>,
    options?: CommandOptions,
  ): Promise<CommandResult<ResultOf<G, K>>>;
  /** The server's Unix time now, as far as known. It does not run backwards, unless the clock turns out to be set back by more than a second. */
  serverTimeMs(): number;
  /** The moment to draw: what snapshots are expected to have told about by now, less the interpolation delay. It does not run backwards, unless somebody set a clock; 0 before the first snapshot. */
  renderTimeMs(): number;
  close(): void;
}
