import type { ByteReader } from './bytes.js';
import { type EntityLayout, type RawValue, readAbsolute, readDifference, type WireLayout } from './layout.js';

export type SliceLeft = 'despawned' | 'moved' | 'handed' | 'hidden' | 'absent';

/** One entity as one slice knows it. */
export interface SliceEntity {
  readonly id: bigint;
  readonly slot: number;
  ownership: number;
  readonly layout: EntityLayout;
  /** Index = entity field index. */
  readonly values: RawValue[];
}

/** Hears what a new version changes. */
export interface SliceListener {
  entered(entity: SliceEntity): void;
  /** @param changed entity field indices */
  changed(entity: SliceEntity, changed: readonly number[]): void;
  left(entity: SliceEntity, reason: SliceLeft): void;
  event(name: string, fields: Record<string, RawValue>): void;
}

const SLOT_COUNT = 128;
const PART_LEFT = 1;
const PART_ENTERED = 2;
const PART_CHANGED = 4;
const PART_EVENTS = 8;
/** In a list of slots, after a slot: another follows. */
const MORE = 0x80;
/** Begins a bitmap instead of a list. */
const BITMAP = 0xff;
const REASONS: readonly SliceLeft[] = ['despawned', 'moved', 'handed', 'hidden'];

/** One slice, decoded: what is in which slot. */
export class SliceState {
  private readonly slots = new Map<number, SliceEntity>();

  constructor(private readonly layout: WireLayout) {}

  /** In slot order of arrival. */
  get entities(): Iterable<SliceEntity> {
    return this.slots.values();
  }

  get size(): number {
    return this.slots.size;
  }

  /** Makes the slice what a keyframe's `entities` say; the listener hears the difference. */
  applyKeyframe(input: ByteReader, listener: SliceListener): void {
    const before = new Map([...this.slots.values()].map((entity) => [entity.id, entity] as const));
    this.slots.clear();
    const news: (() => void)[] = [];
    for (let rest = input.count(4, SLOT_COUNT); rest > 0; rest--) {
      const entity = this.readFull(input);
      const old = before.get(entity.id);
      before.delete(entity.id);
      if (old === undefined) {
        news.push(() => listener.entered(entity));
      } else if (old.layout !== entity.layout) {
        news.push(() => (listener.left(old, 'absent'), listener.entered(entity)));
      } else {
        const changed = entity.values.flatMap((value, i) => (value === old.values[i] ? [] : [i]));
        news.push(() => listener.changed(entity, changed));
      }
    }
    if (input.remaining > 0) throw input.malformed(`${input.remaining} bytes follow the last entity`);
    for (const entity of before.values()) listener.left(entity, 'absent');
    for (const tell of news) tell();
  }

  /** Applies a delta's whole `changes`, whose base must be this very version. */
  applyDelta(input: ByteReader, listener: SliceListener): void {
    this.applyChanges(input.u8(), input, listener);
    if (input.remaining > 0) throw input.malformed(`${input.remaining} bytes follow the changes`);
  }

  /** As `applyDelta` behind its first byte, the parts; reads as far as the changes go. */
  applyChanges(parts: number, input: ByteReader, listener: SliceListener): void {
    if (parts > 0xf) throw input.malformed(`parts ${parts} of changes are unknown`);
    for (let rest = parts & PART_LEFT ? input.count(2, SLOT_COUNT) : 0; rest > 0; rest--) {
      const entity = this.occupied(input.u8(), input);
      const reason = REASONS[input.u8()];
      if (reason === undefined) throw input.malformed('the reason for leaving is unknown');
      this.slots.delete(entity.slot);
      listener.left(entity, reason);
    }
    const fresh = new Set<number>();
    for (let rest = parts & PART_ENTERED ? input.count(4, SLOT_COUNT) : 0; rest > 0; rest--) {
      const entity = this.readFull(input);
      fresh.add(entity.slot);
      listener.entered(entity);
    }
    if (parts & PART_CHANGED) this.readGroups(input, fresh, listener);
    if (parts & PART_EVENTS) {
      const events = input.slice(input.count(1, Number.MAX_SAFE_INTEGER));
      while (events.remaining > 0) {
        const event = this.layout.readEvent(events);
        listener.event(event.name, event.fields);
      }
    }
  }

  private readGroups(input: ByteReader, fresh: ReadonlySet<number>, listener: SliceListener): void {
    for (let more = true; more; ) {
      const head = input.varulong();
      more = (head & 1n) !== 0n;
      const mask = head >> 2n;
      if (mask === 0n) throw input.malformed('a group of changes names no fields');
      const slots = (head & 2n) !== 0n ? this.staying(fresh) : readSlots(input);
      for (const slot of slots) {
        const entity = this.occupied(slot, input);
        const changed = this.readChanged(input, entity, mask);
        listener.changed(entity, changed);
      }
    }
  }

  /** Who was here before the delta, ascending. */
  private staying(fresh: ReadonlySet<number>): number[] {
    return [...this.slots.keys()].filter((slot) => !fresh.has(slot)).sort((a, b) => a - b);
  }

  private readFull(input: ByteReader): SliceEntity {
    const slot = input.u8();
    if (slot >= SLOT_COUNT || this.slots.has(slot)) throw input.malformed(`slot ${slot} cannot be entered`);
    const id = input.varulong();
    if (id === 0n) throw input.malformed('entity 0 names nobody');
    const ownership = input.varuint();
    const layout = this.layout.entity(input.varulong());
    const values = layout.fields.map((field) => readAbsolute(input, field));
    const entity: SliceEntity = { id, slot, ownership, layout, values };
    this.slots.set(slot, entity);
    return entity;
  }

  private readChanged(input: ByteReader, entity: SliceEntity, mask: bigint): number[] {
    const changed: number[] = [];
    for (let index = 0, rest = mask; rest !== 0n; index++, rest >>= 1n) {
      if ((rest & 1n) === 0n) continue;
      const field = entity.layout.fields[index];
      if (field === undefined) throw input.malformed(`entity ${entity.id} has no field ${index}`);
      entity.values[index] = readDifference(input, field, entity.values[index]!);
      changed.push(index);
    }
    return changed;
  }

  private occupied(slot: number, input: ByteReader): SliceEntity {
    const entity = this.slots.get(slot);
    if (entity === undefined) throw input.malformed(`slot ${slot} is empty`);
    return entity;
  }
}

/** A list or a bitmap of slots, ascending. */
function readSlots(input: ByteReader): number[] {
  const slots: number[] = [];
  let next = input.u8();
  if (next === BITMAP) {
    const bytes = input.u8();
    if (bytes === 0 || bytes * 8 > SLOT_COUNT) throw input.malformed(`a bitmap of ${bytes} bytes`);
    for (let at = 0; at < bytes; at++) {
      for (let bits = input.u8(), bit = 0; bits !== 0; bits >>= 1, bit++) {
        if (bits & 1) slots.push(at * 8 + bit);
      }
    }
    return slots;
  }
  slots.push(next & ~MORE);
  while (next & MORE) {
    next = input.u8();
    if ((next & ~MORE) <= slots.at(-1)!) throw input.malformed(`slot ${next & ~MORE} follows ${slots.at(-1)}`);
    slots.push(next & ~MORE);
  }
  return slots;
}
