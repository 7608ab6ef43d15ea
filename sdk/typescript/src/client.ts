import type { ClientEvents, ClientState, ConnectOptions, Entity, Input, Self, Stats, TerraneClient } from './api.js';
import { ServerClock } from './clock.js';
import { COMMANDS_SINCE_MINOR, decode, encodeGameMessage, encodeInput, encodePing, encodePong } from './codec.js';
import { CommandBook } from './commandBook.js';
import { Connection } from './connection.js';
import type { CommandOptions, CommandResult, DurableEvent, EventOf, PayloadOf, ResultOf } from './durable.js';
import { Emitter } from './emitter.js';
import { EventBoard } from './eventBoard.js';
import { WireLayout } from './layout.js';
import type { ServerInfo, Welcome } from './messages.js';
import { type Partition, parsePartition } from './partition.js';
import { Playback } from './playback.js';
import { Rate } from './rate.js';
import { isSnapshot, type Snapshot, SnapshotReader } from './snapshot.js';
import { View } from './view.js';

/** Bytes waiting in the socket beyond which inputs are not added to a connection that is stuck anyway. */
const UNSENT_BYTES_MAX = 64 * 1024;

/** One player's client: connection, clock and view put together. */
export class Client implements TerraneClient {
  state: ClientState = 'connecting';
  stateReason = 'connecting';
  readonly entities = new Map<bigint, Entity>();
  self: Self | undefined;
  welcome: Welcome | undefined;
  info: ServerInfo | undefined;
  partition: Partition | undefined;
  private readonly emitter = new Emitter<ClientEvents>();
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
  private nextSeq = 1;

  constructor(private readonly options: ConnectOptions) {
    this.now = options.now ?? (() => performance.now());
    this.playback = new Playback(options.interpolationDelayMs);
    this.connection = new Connection(options, {
      message: (bytes) => this.onMessage(bytes),
      state: (state, reason) => this.onState(state, reason),
    });
    this.commands = new CommandBook({
      send: (bytes) => this.connection.send(bytes),
      now: this.now,
      random: options.random ?? Math.random,
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

  input(input: Input): number {
    if (this.state !== 'open' || this.connection.unsentBytes > UNSENT_BYTES_MAX) return 0;
    const seq = this.nextSeq++;
    const shownTick = this.tickAt(this.renderTimeMs());
    this.connection.send(encodeInput(seq, Math.max(0, Math.round(this.tickAt(this.serverTimeMs()))), shownTick, input));
    this.pingIfDue();
    return seq;
  }

  message(type: number, requestId: number, payload: Uint8Array): void {
    if (this.state === 'open') this.connection.send(encodeGameMessage(type, requestId, payload));
  }

  command<K extends string>(
    type: K,
    payload: PayloadOf<K>,
    options: CommandOptions = {},
  ): Promise<CommandResult<ResultOf<K>>> {
    return this.commands.add(type, payload, options) as Promise<CommandResult<ResultOf<K>>>;
  }

  onEvent<K extends string>(topic: K, handler: (event: DurableEvent<EventOf<K>>) => void): () => void {
    return this.events.on(topic, handler as (event: DurableEvent) => void);
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
    const known = this.welcome;
    this.welcome = welcome;
    this.nextSeq = welcome.nextSeq;
    this.snapshots = new SnapshotReader(welcome.simulationHz);
    this.clock.reset();
    this.playback.reset();
    if (this.view === undefined || known?.partition !== welcome.partition || known.world !== welcome.world) {
      this.partition = parsePartition(welcome.partition);
    }
    // The schema may have changed with a restart of the server: everything is decoded anew, known entities stay on screen until then.
    this.view = this.newView(welcome, this.partition!, this.view);
    this.connection.welcomed(welcome.resumeToken);
    this.commands.opened(welcome.minor >= COMMANDS_SINCE_MINOR);
    this.pingIfDue();
    this.emitter.emit('open', welcome);
  }

  private newView(welcome: Welcome, partition: Partition, previous: View | undefined): View {
    const options = {
      partition,
      extrapolationMsMax: this.options.extrapolationMsMax ?? 250,
      tickMs: 1000 / welcome.simulationHz,
      snapshotTicks: welcome.simulationHz / welcome.snapshotHz,
    };
    const view = new View(new WireLayout(welcome.schema), options, this.entities, {
      enter: (entity) => this.emitter.emit('enter', entity),
      change: (entity, fields) => this.emitter.emit('change', entity, fields),
      leave: (entity, reason) => this.emitter.emit('leave', entity, reason),
      event: (name, fields, region) => this.emitter.emit('event', name, fields, region),
      self: (components) => this.onSelf(components),
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
    this.emitter.emit('snapshot', snapshot.tick);
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
    this.emitter.emit('self', this.self);
  }

  private pingIfDue(): void {
    const now = this.now();
    if (this.state === 'open' && this.clock.pingDue(now)) this.connection.send(encodePing(now));
  }

  private onState(state: ClientState, reason: string): void {
    this.state = state;
    this.stateReason = reason;
    if (state === 'closed') this.commands.closed(reason);
    else if (state !== 'open') this.commands.lost();
    this.emitter.emit('state', state, reason);
  }
}
