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

  /** Applies a delta's `changes`, whose base must be this very version. */
  applyDelta(input: ByteReader, listener: SliceListener): void {
    for (let rest = input.count(2, SLOT_COUNT); rest > 0; rest--) {
      const entity = this.occupied(input);
      const reason = REASONS[input.u8()];
      if (reason === undefined) throw input.malformed('the reason for leaving is unknown');
      this.slots.delete(entity.slot);
      listener.left(entity, reason);
    }
    for (let rest = input.count(4, SLOT_COUNT); rest > 0; rest--) {
      listener.entered(this.readFull(input));
    }
    for (let rest = input.count(3, SLOT_COUNT); rest > 0; rest--) {
      const entity = this.occupied(input);
      const changed = this.readChanged(input, entity);
      listener.changed(entity, changed);
    }
    while (input.remaining > 0) {
      const event = this.layout.readEvent(input);
      listener.event(event.name, event.fields);
    }
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

  private readChanged(input: ByteReader, entity: SliceEntity): number[] {
    const changed: number[] = [];
    for (let index = 0, rest = input.varulong(); rest !== 0n; index++, rest >>= 1n) {
      if ((rest & 1n) === 0n) continue;
      const field = entity.layout.fields[index];
      if (field === undefined) throw input.malformed(`entity ${entity.id} has no field ${index}`);
      entity.values[index] = readDifference(input, field, entity.values[index]!);
      changed.push(index);
    }
    return changed;
  }

  private occupied(input: ByteReader): SliceEntity {
    const slot = input.u8();
    const entity = this.slots.get(slot);
    if (entity === undefined) throw input.malformed(`slot ${slot} is empty`);
    return entity;
  }
}
