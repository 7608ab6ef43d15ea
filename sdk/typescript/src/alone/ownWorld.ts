import type { ClientEvents, ClientState, Entity, Fields, Input, Sample, Self } from '../api.js';
import { asSent } from '../asSent.js';
import { Emitter } from '../emitter.js';
import { type EntityEvents, EntityWatch } from '../entityWatch.js';
import { EventBoard } from '../eventBoard.js';
import { openSides, parsePartition, type Partition, type RegionId } from '../partition.js';
import { type Circle, Solids } from '../solids.js';
import type { WasmRule } from '../wasmRule.js';
import type { LocalWorld, LocalWorldOptions, Place } from './api.js';
import { LocalEntity } from './localEntity.js';
import { Pace } from './pace.js';
import { Population } from './population.js';

type Components = Readonly<Record<string, Fields>>;

/** The own avatar's id; everything else comes after it. */
const AVATAR = 1n;
const HZ = 20;
const ENTITY_COUNT_MAX = 4096;

/** One player's world, with nobody to ask: the tick of a cell, as far as one player can tell. */
export class OwnWorld implements LocalWorld {
  state: ClientState = 'connecting';
  stateReason = 'loading the movement rule';
  stateCode = '';
  readonly partition: Partition;
  private readonly emitter = new Emitter<ClientEvents>();
  private readonly board = new EventBoard();
  private readonly people: Population;
  private readonly watch: EntityWatch;
  private readonly own: LocalEntity;
  private readonly pace: Pace;
  private readonly seconds: number;
  private readonly told: (() => void)[] = [];
  /** What is in the way in this tick: not everybody who is driven looks for it among all there is. */
  private circles: readonly Circle[] = [];
  /** By region, of which there are as many as the partition has. */
  private readonly sides = new Map<string, Float32Array>();
  private rule: WasmRule | undefined;
  private solids: Solids | undefined;
  private read: (() => Input) | undefined;

  constructor(private readonly options: LocalWorldOptions) {
    const { avatar, simulationHz = HZ, viewMetres = Number.POSITIVE_INFINITY, entityCountMax = ENTITY_COUNT_MAX } = options;
    if (!(simulationHz >= 1 && simulationHz <= 120)) throw new RangeError(`simulationHz is ${simulationHz}, but must be 1 to 120`);
    this.seconds = 1 / simulationHz;
    this.partition = parsePartition(options.partition);
    this.pace = new Pace(1000 / simulationHz, options.now ?? (() => performance.now()));
    this.own = new LocalEntity(AVATAR, this.partition, avatar.place, avatar.components);
    this.people = new Population(this.own, viewMetres, entityCountMax);
    this.watch = new EntityWatch(this.people.inView);
    Promise.resolve(options.rule).then(
      (rule) => this.open(rule),
      (problem: unknown) => this.end(`the movement rule could not be loaded: ${String(problem)}`, 'NO_RULE'),
    );
  }

  get tick(): number {
    return this.pace.tick;
  }

  get entities(): ReadonlyMap<bigint, Entity> {
    return this.people.inView;
  }

  get population(): ReadonlyMap<bigint, Entity> {
    return this.people.all;
  }

  get self(): Self | undefined {
    if (this.tick === 0) return undefined;
    const { region, components, worldX, worldY } = this.own;
    return { avatar: AVATAR, tick: this.tick, ackSeq: this.tick, region, components, worldX, worldY };
  }

  get predicted(): Components | undefined {
    return this.state === 'open' ? this.own.components : undefined;
  }

  get selfTick(): number {
    this.goOn();
    return this.pace.shownTick;
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
    return this.board.on(pattern, handler as never);
  }

  steer(read: () => Input): () => void {
    this.read = read;
    return () => {
      if (this.read === read) this.read = undefined;
    };
  }

  sampleSelf(into?: Sample): Sample | undefined {
    const shownMs = this.renderTimeMs();
    return this.read === undefined || this.tick === 0 ? undefined : this.own.sample(shownMs, into);
  }

  renderTimeMs(): number {
    this.goOn();
    return this.pace.shownTick * this.pace.tickMs;
  }

  spawn(place: Place, components: Components): Entity {
    return this.people.add((id) => new LocalEntity(id, this.partition, place, components), this.tick, this.pace.tickMs);
  }

  move(id: bigint, place: Place): void {
    this.people.find(id).put(place);
  }

  update(id: bigint, components: Components): void {
    this.people.find(id).merge(components);
  }

  drive(id: bigint, input: Input): void {
    const { rule } = this;
    if (rule === undefined) throw new Error(`entity ${id} cannot be driven yet: the movement rule is being loaded; do it in tick()`);
    const entity = this.people.find(id);
    const { x, y } = entity.components['kit.position']!;
    rule.place(this.sidesOf(entity.region));
    const solids = this.solids?.among(this.circles, entity.region, Number(x), Number(y)) ?? [];
    entity.became(rule.step(entity.components, asSent(input), this.seconds, solids));
  }

  remove(id: bigint): boolean {
    return id !== AVATAR && this.people.remove(id);
  }

  tell(topic: string, payload: Fields, region: RegionId = this.own.region): void {
    this.told.push(() => this.board.seen(topic, payload, region));
  }

  close(): void {
    if (this.state !== 'closed') this.end('closed by the player', '');
  }

  private open(rule: WasmRule): void {
    if (this.state === 'closed') return;
    this.rule = rule;
    if (rule.solid !== undefined) this.solids = new Solids(rule.solid, this.partition, this.people.all);
    this.options.begin?.(this);
    this.pace.start();
    this.say('open', 'alone', '');
  }

  /** The ticks that are due. */
  private goOn(): void {
    if (this.state !== 'open') return;
    this.pace.run((tick) => this.step(tick));
  }

  private step(tick: number): void {
    this.circles = this.solids?.all() ?? [];
    const input = asSent(this.read?.() ?? {});
    this.drive(AVATAR, input);
    this.emitter.emit('steered', tick, input);
    this.options.tick?.(this, tick, this.seconds, input);
    this.people.remember(tick, this.pace.tickMs);
    const { entered, changed, left } = this.people.news();
    for (const entity of entered) this.watch.entered(entity);
    for (const { entity, fields } of changed) this.watch.changed(entity, fields);
    for (const tell of this.told.splice(0)) tell();
    for (const { entity, reason } of left) this.watch.left(entity, reason);
    const { self } = this;
    if (self !== undefined) this.emitter.emit('self', self);
    this.emitter.emit('snapshot', tick, 0);
  }

  private sidesOf(region: RegionId): Float32Array {
    const key = `${region.a},${region.b}`;
    let sides = this.sides.get(key);
    if (sides === undefined) this.sides.set(key, (sides = openSides(this.partition, region)));
    return sides;
  }

  private end(reason: string, code: string): void {
    this.read = undefined;
    this.say('closed', reason, code);
  }

  private say(state: ClientState, reason: string, code: string): void {
    Object.assign(this, { state, stateReason: reason, stateCode: code });
    this.emitter.emit('state', state, reason, code);
  }
}
