import type { Entity, Fields, LeaveReason } from './api.js';
import { EntityView, type EntityContext, type Moment } from './entity.js';
import type { WireLayout } from './layout.js';
import type { Partition, RegionId } from './partition.js';
import { BASE_MASK, chunkKey, readRecords, type SliceAddress, sliceKey, type SnapshotRecord } from './records.js';
import { SelfState } from './selfState.js';
import { type SliceEntity, type SliceLeft, SliceState } from './slice.js';
import type { Snapshot } from './snapshot.js';

/** Snapshots that an entity is kept for after it left one slice for another that has not claimed it yet. */
const GRACE_SNAPSHOTS = 5;

/** What a view tells; called after the snapshot is applied as a whole. */
export interface ViewEvents {
  enter(entity: Entity): void;
  change(entity: Entity, fields: readonly string[]): void;
  leave(entity: Entity, reason: LeaveReason): void;
  event(name: string, fields: Fields, region: RegionId): void;
  self(components: Record<string, Fields>): void;
  /** How early inputs were for the ticks that they name; negative: too late. */
  inputMargin(millis: number): void;
}

export interface ViewOptions {
  readonly partition: Partition;
  readonly extrapolationMsMax: number;
  readonly teleportSpeed: number;
  readonly tickMs: number;
  /** Ticks from one snapshot to the next. */
  readonly snapshotTicks: number;
}

/** One slice's claim to an entity; of several, the higher (ownership, tick) is believed. */
interface Claim {
  readonly slice: Slice;
  readonly copy: SliceEntity;
}

interface Slice {
  readonly address: SliceAddress;
  readonly chunk: string;
  readonly state: SliceState;
  seq: number;
  tick: number;
}

interface Known {
  readonly entity: EntityView;
  readonly claims: Claim[];
  /** The claim its values are from. */
  believed: Claim | undefined;
  /** Snapshot count at which it leaves view unless claimed; -1 while claimed. */
  leavesAt: number;
}

/** Everything that the snapshots so far tell: entities, put together from slices of several cells. */
export class View {
  /** Of the last snapshot: ticks that its oldest slice is behind. */
  stalenessTicks = 0;
  private readonly known = new Map<bigint, Known>();
  private readonly slices = new Map<string, Slice>();
  private readonly byNumber = new Map<number, Slice>();
  private readonly self: SelfState;
  /** What slices for a squad or a team tell about entities, known or not, that are elsewhere. */
  private readonly additions = new Map<bigint, Map<Slice, SliceEntity>>();
  private readonly context: EntityContext;
  private readonly news: (() => void)[] = [];
  private snapshots = 0;

  /** @param entities where the entities in view are put; it may hold those of {@link inherit}'s argument already */
  constructor(
    private readonly layout: WireLayout,
    private readonly options: ViewOptions,
    private readonly entities: Map<bigint, Entity>,
    private readonly events: ViewEvents,
  ) {
    this.context = { ...options, knownUntil: 0 };
    this.self = new SelfState(layout);
  }

  /** @throws Error when the snapshot contradicts what came before: reconnect */
  apply(snapshot: Snapshot): void {
    this.snapshots++;
    this.stalenessTicks = 0;
    if (snapshot.keyframe) this.orphanAll();
    this.context.knownUntil = Math.max(this.context.knownUntil, snapshot.serverTime);
    for (const record of readRecords(snapshot.payload)) this.applyRecord(record, snapshot);
    const { components } = this.self;
    if (components !== undefined) this.news.push(() => this.events.self(components));
    for (const [id, each] of this.known) {
      if (each.leavesAt >= 0 && each.leavesAt <= this.snapshots) this.remove(id, 'left-view');
    }
    for (const tell of this.news.splice(0)) tell();
  }

  /** Goes on with the entities of another view, which nobody claims yet. */
  inherit(previous: View): void {
    for (const [id, { entity }] of previous.known) {
      entity.moveTo(this.context);
      this.known.set(id, { entity, claims: [], believed: undefined, leavesAt: GRACE_SNAPSHOTS });
    }
  }

  private applyRecord(record: SnapshotRecord, snapshot: Snapshot): void {
    switch (record.kind) {
      case 'forget':
        return this.forget(chunkKey(record.address));
      case 'self':
        return this.self.read(record.body);
      case 'input-margin':
        this.news.push(() => this.events.inputMargin(record.millis));
        return;
      case 'self-changes':
        return this.self.change(record.body);
      case 'events': {
        const region = { a: snapshot.regionA, b: snapshot.regionB };
        while (record.body.remaining > 0) this.tellEvent(this.layout.readEvent(record.body), region);
        return;
      }
      case 'keyframe':
        return this.applyKeyframe(record, snapshot);
      case 'delta':
        return this.applyDelta(record, snapshot);
    }
  }

  private applyDelta(record: SnapshotRecord & { kind: 'delta' }, snapshot: Snapshot): void {
    const slice = this.byNumber.get(record.number);
    if (slice === undefined || (slice.seq & BASE_MASK) !== record.base) {
      const known = slice === undefined ? 'unknown' : `${sliceKey(slice.address)} at version ${slice.seq}`;
      throw new Error(`slice ${record.number} is ${known}, but a delta needs a version that ends in ${record.base}`);
    }
    slice.seq += record.step;
    const { serverTime, stepMs } = this.date(slice, record.age, snapshot);
    // A delta says that nothing else happened before the steps that it takes.
    const heldUntil = serverTime - record.step * this.options.snapshotTicks * stepMs;
    const listener = this.listener(slice, { tick: slice.tick, serverTime, heldUntil });
    slice.state.applyChanges(record.parts, record.body, listener);
  }

  private applyKeyframe(record: SnapshotRecord & { kind: 'keyframe' }, snapshot: Snapshot): void {
    const key = sliceKey(record.address);
    let slice = this.slices.get(key);
    if (slice === undefined) {
      const { address } = record;
      slice = { address, chunk: chunkKey(address), state: new SliceState(this.layout), seq: 0, tick: 0 };
      this.slices.set(key, slice);
    }
    const before = this.byNumber.get(record.number);
    if (before !== undefined && before !== slice) {
      throw new Error(`number ${record.number} is of slice ${sliceKey(before.address)}, and now of ${key}`);
    }
    this.byNumber.set(record.number, slice);
    slice.seq = record.seq;
    const { serverTime } = this.date(slice, record.age, snapshot);
    // After a keyframe nobody knows what happened meanwhile.
    const moment = { tick: slice.tick, serverTime, heldUntil: Number.NEGATIVE_INFINITY };
    slice.state.applyKeyframe(record.body, this.listener(slice, moment));
  }

  private date(slice: Slice, age: number, snapshot: Snapshot): { serverTime: number; stepMs: number } {
    slice.tick = snapshot.tick - age;
    this.stalenessTicks = Math.max(this.stalenessTicks, age);
    const stepMs = this.options.tickMs / (snapshot.dilation || 1);
    return { serverTime: snapshot.serverTime - age * stepMs, stepMs };
  }

  private listener(slice: Slice, moment: Moment) {
    return {
      entered: (copy: SliceEntity) => this.entered(slice, copy, moment),
      changed: (copy: SliceEntity, indices: readonly number[]) => this.changed(slice, copy, indices, moment),
      left: (copy: SliceEntity, reason: SliceLeft) => this.left(slice, copy, reason),
      event: (name: string, fields: Fields) => this.tellEvent({ name, fields }, slice.address.region),
    };
  }

  private entered(slice: Slice, copy: SliceEntity, moment: Moment): void {
    if (isAddition(copy)) return this.added(slice, copy);
    const claim = { slice, copy };
    let known = this.known.get(copy.id);
    const isNew = known === undefined;
    if (known === undefined) {
      known = { entity: new EntityView(copy.id, this.context), claims: [], believed: undefined, leavesAt: -1 };
      this.known.set(copy.id, known);
      this.entities.set(copy.id, known.entity);
    }
    known.claims.push(claim);
    known.leavesAt = -1;
    if (known.believed !== undefined && !supersedes(claim, known.believed)) return;
    known.believed = claim;
    const { entity } = known;
    const changed = entity.adopt(copy, slice.address, moment);
    if (isNew) entity.add(this.additions.get(copy.id)?.values() ?? []);
    if (isNew) this.news.push(() => this.events.enter(entity));
    else this.tellChange(entity, changed);
  }

  private added(slice: Slice, copy: SliceEntity): void {
    const told = this.additions.get(copy.id) ?? new Map<Slice, SliceEntity>();
    this.additions.set(copy.id, told.set(slice, copy));
    this.tellAdditions(copy.id);
  }

  private tellAdditions(id: bigint): void {
    const entity = this.known.get(id)?.entity;
    if (entity !== undefined) this.tellChange(entity, entity.add(this.additions.get(id)?.values() ?? []));
  }

  private changed(slice: Slice, copy: SliceEntity, indices: readonly number[], moment: Moment): void {
    if (isAddition(copy)) return this.added(slice, copy);
    const known = this.known.get(copy.id);
    const claim = known?.claims.find((each) => each.slice === slice);
    if (known === undefined || claim === undefined) return;
    if (claim.copy !== copy) known.claims[known.claims.indexOf(claim)] = { slice, copy }; // a keyframe made a new one
    if (known.believed?.slice === slice) {
      known.believed = { slice, copy };
      this.tellChange(known.entity, known.entity.update(copy, indices, slice.address, moment));
    }
  }

  private left(slice: Slice, copy: SliceEntity, reason: SliceLeft): void {
    if (isAddition(copy)) {
      const told = this.additions.get(copy.id);
      told?.delete(slice);
      if (told?.size === 0) this.additions.delete(copy.id);
      return this.tellAdditions(copy.id);
    }
    const known = this.known.get(copy.id);
    if (known === undefined) return;
    const wasBelieved = known.believed?.slice === slice;
    known.claims.splice(0, known.claims.length, ...known.claims.filter((each) => each.slice !== slice));
    if (reason === 'despawned' && wasBelieved) return this.remove(copy.id, 'despawned');
    if (wasBelieved) this.believeBest(known);
    if (known.claims.length > 0) return;
    // A hidden one goes with this snapshot, unless that has it in a slice for those from whom it does not hide.
    known.leavesAt = reason === 'hidden' ? this.snapshots : this.snapshots + GRACE_SNAPSHOTS;
  }

  private forget(chunk: string): void {
    for (const [key, slice] of this.slices) {
      if (slice.chunk !== chunk) continue;
      this.slices.delete(key);
      for (const [number, each] of this.byNumber) if (each === slice) this.byNumber.delete(number);
      for (const copy of slice.state.entities) this.left(slice, copy, 'hidden');
    }
  }

  /** Before a frame that needs nothing before it: what it does not claim again leaves after the grace. */
  private orphanAll(): void {
    this.slices.clear();
    this.byNumber.clear();
    this.self.forget();
    this.additions.clear();
    for (const known of this.known.values()) {
      known.claims.length = 0;
      known.believed = undefined;
      known.entity.add([]);
      if (known.leavesAt < 0) known.leavesAt = this.snapshots + GRACE_SNAPSHOTS;
    }
  }

  private believeBest(known: Known): void {
    known.believed = undefined;
    for (const claim of known.claims) {
      if (known.believed === undefined || supersedes(claim, known.believed)) known.believed = claim;
    }
    if (known.believed === undefined) return;
    const { slice, copy } = known.believed;
    const moment = { tick: slice.tick, serverTime: this.context.knownUntil, heldUntil: Number.NEGATIVE_INFINITY };
    this.tellChange(known.entity, known.entity.adopt(copy, slice.address, moment));
  }

  private remove(id: bigint, reason: LeaveReason): void {
    const known = this.known.get(id);
    if (known === undefined) return;
    this.known.delete(id);
    this.entities.delete(id);
    this.news.push(() => this.events.leave(known.entity, reason));
  }

  private tellChange(entity: EntityView, fields: readonly string[]): void {
    if (fields.length > 0) this.news.push(() => this.events.change(entity, fields));
  }

  private tellEvent(event: { name: string; fields: Fields }, region: RegionId): void {
    this.news.push(() => this.events.event(event.name, event.fields, region));
  }
}

/** A slice for a squad or a team tells something about the entity, but not where it is. */
function isAddition(copy: SliceEntity): boolean {
  return !copy.layout.components.includes('kit.position');
}

function supersedes(claim: Claim, other: Claim): boolean {
  return claim.copy.ownership !== other.copy.ownership
    ? claim.copy.ownership > other.copy.ownership
    : claim.slice.tick >= other.slice.tick;
}
