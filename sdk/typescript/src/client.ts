import type { ClientEvents, ClientState, ConnectOptions, Entity, Fields, Input, Sample, Self, Stats, TerraneClient } from './api.js';
import { ServerClock } from './clock.js';
import { COMMANDS_SINCE_MINOR, decode, encodeGameMessage, encodeInput, encodePing, encodePong } from './codec.js';
import { CommandBook } from './commandBook.js';
import { Connection } from './connection.js';
import type { CommandOptions, CommandResult, DurableEvent } from './durable.js';
import { Emitter } from './emitter.js';
import { type EntityEvents, EntityWatch } from './entityWatch.js';
import { EventBoard } from './eventBoard.js';
import type { GameEvent } from './game.js';
import { type GameSchema, mismatches } from './gameSchema.js';
import { WireLayout } from './layout.js';
import type { ServerInfo, Welcome } from './messages.js';
import { type Partition, parsePartition } from './partition.js';
import { Playback } from './playback.js';
import { Rate } from './rate.js';
import { RuleFetch } from './ruleFetch.js';
import { isSnapshot, type Snapshot, SnapshotReader } from './snapshot.js';
import { Steering } from './steering.js';
import { View } from './view.js';
import type { WasmRule } from './wasmRule.js';

/** Bytes waiting in the socket beyond which inputs are not added to a connection that is stuck anyway. */
const UNSENT_BYTES_MAX = 64 * 1024;

const SCHEMA_MISMATCH = 'SCHEMA_MISMATCH';
const MISMATCHES_SHOWN = 5;

/** The server is told the shown moment by its last bits: in 32-bit floats there would be no room for the fraction of a large number. */
const VIEW_TICKS = 1 << 16;

/** One player's client: connection, clock and view put together. */
export class Client implements TerraneClient {
  state: ClientState = 'connecting';
  stateReason = 'connecting';
  stateCode = '';
  readonly entities = new Map<bigint, Entity>();
  self: Self | undefined;
  welcome: Welcome | undefined;
  info: ServerInfo | undefined;
  partition: Partition | undefined;
  private readonly emitter = new Emitter<ClientEvents>();
  private readonly watch = new EntityWatch(this.entities);
  private readonly clock = new ServerClock();
  private readonly playback: Playback;
  private readonly snapshotRate = new Rate();
  private readonly byteRate = new Rate();
  private readonly connection: Connection;
  private readonly commands: CommandBook;
  private readonly events = new EventBoard();
  private readonly now: () => number;
  private view: View | undefined;
  private snapshot: Snapshot | undefined;
  private snapshots: SnapshotReader | undefined;
  private readonly steering: Steering;
  private rule: WasmRule | undefined;
  private readonly rules = new RuleFetch();
  /** The connection with which the rule was asked for. */
  private ruleOf: Welcome | undefined;
  private marginMs = Number.NaN;
  private readonly corrections = new Rate(60_000);
  private nextSeq = 1;

  constructor(private readonly options: ConnectOptions) {
    this.now = options.now ?? (() => performance.now());
    this.playback = new Playback(options.interpolationDelayMs);
    this.connection = new Connection(options, {
      message: (bytes) => this.onMessage(bytes),
      state: (state, reason, code) => this.onState(state, reason, code),
    });
    this.commands = new CommandBook({
      send: (bytes) => this.connection.send(bytes),
      now: this.now,
      random: options.random ?? Math.random,
    });
    this.steering = new Steering({
      now: this.now,
      tickAt: (serverTimeMs) => this.tickAt(serverTimeMs),
      tickMs: () => (this.welcome === undefined ? 50 : 1000 / this.welcome.simulationHz / (this.snapshot?.dilation ?? 1)),
      arrivedMs: (now) => this.playback.arrivedMs(now),
      roundTripMs: () => this.clock.fastestRttMs,
      jitterMs: () => this.clock.jitterMs,
      send: (tick, input, ahead) => this.send(tick, input, ahead) !== 0,
      steered: (tick, input) => this.emitter.emit('steered', tick, input),
    });
    this.connection.open();
  }

  get retryAtMs(): number | undefined {
    return this.connection.retryAtMs;
  }

  get stats(): Stats {
    const now = this.now();
    return {
      rttMs: this.clock.rttMs,
      jitterMs: this.clock.jitterMs,
      serverTimeOffsetMs: this.clock.offsetMs,
      interpolationDelayMs: this.playback.delayMs(now),
      tick: this.snapshot?.tick ?? 0,
      entitiesInView: this.entities.size,
      bytesPerSecond: this.byteRate.perSecond(now),
      snapshotsPerSecond: this.snapshotRate.perSecond(now),
      stalenessTicks: this.view?.stalenessTicks ?? 0,
      dilation: this.snapshot?.dilation ?? 1,
      shed: this.snapshot?.shed ?? 0,
      reconnects: this.connection.reconnects,
      predicting: this.steering.predicting,
      inputMarginMs: this.marginMs,
      inputReserveMs: this.steering.lead.reserveMs,
      correctionMetresMax: this.corrections.max(now),
      correctionsPerMinute: this.corrections.count(now),
    };
  }

  get token(): string | undefined {
    return this.connection.knownToken;
  }

  get lastSeq(): number {
    return this.nextSeq - 1;
  }

  on<K extends keyof ClientEvents>(name: K, handler: ClientEvents[K]): () => void {
    return this.emitter.on(name, handler);
  }

  onEnter(first: string | EntityEvents['enter'], second?: EntityEvents['enter']): () => void {
    return this.watch.on('enter', first, second);
  }

  onChange(first: string | EntityEvents['change'], second?: EntityEvents['change']): () => void {
    return this.watch.on('change', first, second);
  }

  onLeave(first: string | EntityEvents['leave'], second?: EntityEvents['leave']): () => void {
    return this.watch.on('leave', first, second);
  }

  onEvent(pattern: string, handler: (event: never) => void): () => void {
    return this.events.on(pattern, handler as (event: GameEvent | DurableEvent) => void);
  }

  sendInput(input: Input): number {
    return this.send(0, input);
  }

  steer(read: () => Input): () => void {
    this.steering.start(read);
    this.predict();
    return () => this.steering.stop();
  }

  sampleSelf(into?: Sample): Sample | undefined {
    return this.steering.sample(into);
  }

  get selfTick(): number {
    return this.steering.drawnTick;
  }

  get predicted(): Readonly<Record<string, Fields>> | undefined {
    return this.steering.state;
  }

  message(type: number, requestId: number, payload: Uint8Array): void {
    if (this.state === 'open') this.connection.send(encodeGameMessage(type, requestId, payload));
  }

  command(type: string, payload: unknown, options: CommandOptions = {}): Promise<CommandResult> {
    const version = options.version ?? this.options.game?.commandVersions?.[type] ?? 1;
    return this.commands.add(type, payload, { ...options, version });
  }

  serverTimeMs(): number {
    return this.clock.serverTimeMs(this.now());
  }

  renderTimeMs(): number {
    return this.playback.renderTimeMs(this.now());
  }

  close(): void {
    this.connection.close('closed by the player');
  }

  /**
   * @param tick for which it is; 0: in its turn
   * @param ahead ticks until what it does to the own avatar is drawn: so much further are others drawn then
   */
  private send(tick: number, input: Input, ahead = 0): number {
    if (this.state !== 'open' || this.connection.unsentBytes > UNSENT_BYTES_MAX) return 0;
    const seq = this.nextSeq++;
    const shownTick = this.tickAt(this.renderTimeMs()) + ahead;
    this.connection.send(encodeInput(seq, tick, shownTick % VIEW_TICKS, input));
    this.pingIfDue();
    return seq;
  }

  /**
   * Fetches the world's movement rule once it is needed, and with each connection after that; until then the one that is known goes on. A world that has
   * none is steered without prediction.
   */
  private predict(): void {
    const { welcome, options } = this;
    if (welcome === undefined || options.predict === false) return;
    if (!this.steering.predicting) this.bindRule();
    if (this.ruleOf === welcome) return;
    this.ruleOf = welcome;
    const loading = typeof options.predict === 'object' ? Promise.resolve(options.predict) : this.rules.get(options.url, welcome.world);
    loading.then(
      (rule) => {
        if (rule === this.rule || welcome !== this.welcome || this.state === 'closed') return;
        this.rule = rule;
        this.bindRule();
      },
      (error: unknown) => console.warn(`terrane: ${this.rule === undefined ? 'the own avatar is not predicted' : 'the movement rule may be an old one'}`, error),
    );
  }

  private bindRule(): void {
    this.steering.predictBy(this.rule, this.partition!, this.welcome!.simulationHz, this.entities);
  }

  private tickAt(serverTimeMs: number): number {
    if (this.snapshot === undefined || this.welcome === undefined) return 0;
    const ticks = ((serverTimeMs - this.snapshot.serverTime) / 1000) * this.welcome.simulationHz * this.snapshot.dilation;
    return Math.max(0, this.snapshot.tick + ticks);
  }

  private onMessage(bytes: Uint8Array): void {
    const now = this.now();
    this.byteRate.add(bytes.length, now);
    if (isSnapshot(bytes)) return this.onSnapshot(bytes, now);
    const message = decode(bytes);
    switch (message.type) {
      case 'welcome':
        return this.onWelcome(message.welcome);
      case 'info':
        this.info = message.info;
        return this.emitter.emit('info', message.info);
      case 'message':
        return this.emitter.emit('message', message.message);
      case 'error':
        this.connection.noteError(message.error);
        return this.emitter.emit('error', message.error);
      case 'result':
        return this.commands.result(message.result);
      case 'event':
        return this.events.heard(message.event);
      case 'ping':
        return this.connection.send(encodePong(message.sentAt));
      case 'pong':
        return this.clock.pong(message.sentAt, message.serverTime, now);
      case 'unrecognised':
        return;
    }
  }

  private onWelcome(welcome: Welcome): void {
    if (this.options.game !== undefined && this.refuses(welcome, this.options.game)) return;
    const known = this.welcome;
    this.welcome = welcome;
    this.nextSeq = welcome.nextSeq;
    this.snapshots = new SnapshotReader(welcome.simulationHz);
    this.clock.reset();
    this.playback.reset();
    this.steering.reset();
    if (this.view === undefined || known?.partition !== welcome.partition || known.world !== welcome.world) {
      this.partition = parsePartition(welcome.partition);
    }
    // The schema may have changed with a restart of the server: everything is decoded anew, known entities stay on screen until then.
    this.view = this.newView(welcome, this.partition!, this.view);
    this.connection.welcomed(welcome.resumeToken);
    this.commands.opened(welcome.minor >= COMMANDS_SINCE_MINOR);
    this.pingIfDue();
    if (this.steering.steered) this.predict();
    this.emitter.emit('open', welcome);
  }

  /** Going on would only show nonsense: fields that are not there. */
  private refuses(welcome: Welcome, game: GameSchema): boolean {
    const differences = mismatches(game, welcome.schema);
    if (differences.length === 0) return false;
    const more = differences.length > MISMATCHES_SHOWN ? `; and ${differences.length - MISMATCHES_SHOWN} more` : '';
    const told = differences.slice(0, MISMATCHES_SHOWN).join('; ') + more;
    this.connection.close(`this client was made for other types of ${game.game} than the world ${welcome.world} has: ${told}`, SCHEMA_MISMATCH);
    return true;
  }

  private newView(welcome: Welcome, partition: Partition, previous: View | undefined): View {
    const options = {
      partition,
      extrapolationMsMax: this.options.extrapolationMsMax ?? 250,
      teleportSpeed: this.options.teleportSpeed ?? 500,
      tickMs: 1000 / welcome.simulationHz,
      snapshotTicks: welcome.simulationHz / welcome.snapshotHz,
    };
    const view = new View(new WireLayout(welcome.schema), options, this.entities, {
      enter: (entity) => this.watch.entered(entity),
      change: (entity, fields) => this.watch.changed(entity, fields),
      leave: (entity, reason) => this.watch.left(entity, reason),
      event: (name, fields, region) => this.events.seen(name, fields, region),
      self: (components) => this.onSelf(components),
      inputMargin: (millis) => this.onInputMargin(millis),
    });
    if (previous !== undefined) view.inherit(previous);
    return view;
  }

  private onSnapshot(bytes: Uint8Array, now: number): void {
    const { welcome } = this;
    if (this.view === undefined || this.snapshots === undefined || welcome === undefined) throw new Error('a snapshot came before Welcome');
    const snapshot = this.snapshots.read(bytes);
    this.snapshot = snapshot;
    this.clock.snapshot(snapshot.serverTime, now);
    this.playback.snapshot(snapshot.serverTime, 1000 / (welcome.snapshotHz * snapshot.dilation), now);
    this.snapshotRate.add(1, now);
    this.view.apply(snapshot);
    this.pingIfDue();
    this.emitter.emit('snapshot', snapshot.tick, bytes.length);
  }

  private onSelf(components: Self['components']): void {
    const { snapshot, partition } = this;
    if (snapshot === undefined || partition === undefined) return;
    const region = { a: snapshot.regionA, b: snapshot.regionB };
    const position = components['kit.position'];
    this.self = {
      avatar: snapshot.avatar,
      tick: snapshot.tick,
      ackSeq: snapshot.ackSeq,
      region,
      components,
      worldX: partition.originX(region) + Number(position?.x ?? 0),
      worldY: partition.originY(region) + Number(position?.y ?? 0),
    };
    const correction = this.steering.snapshot(snapshot.tick, components, region);
    if (correction !== undefined) {
      if (!correction.teleport) this.corrections.add(correction.metres, this.now());
      this.emitter.emit('correction', correction);
    }
    this.emitter.emit('self', this.self);
  }

  private onInputMargin(millis: number): void {
    this.marginMs = millis;
    this.steering.margin(millis);
  }

  private pingIfDue(): void {
    const now = this.now();
    if (this.state === 'open' && this.clock.pingDue(now)) this.connection.send(encodePing(now));
  }

  private onState(state: ClientState, reason: string, code: string): void {
    this.state = state;
    this.stateReason = reason;
    if (state === 'closed') this.steering.stop();
    this.stateCode = code;
    if (state === 'closed') this.commands.closed(reason);
    else if (state !== 'open') this.commands.lost();
    this.emitter.emit('state', state, reason, code);
  }
}
