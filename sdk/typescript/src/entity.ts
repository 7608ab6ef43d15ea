import type { Entity, Fields, Sample } from './api.js';
import { type EntityLayout, shown } from './layout.js';
import { Motion } from './motion.js';
import type { Partition, RegionId } from './partition.js';
import type { SliceEntity } from './slice.js';

/** When a value was true, and until when the one before it was. */
export interface Moment {
  readonly tick: number;
  readonly serverTime: number;
  readonly heldUntil: number;
}

/** A cell, as far as its entities' places depend on it. */
export interface CellPlace {
  readonly region: RegionId;
  readonly layer: number;
}

/** What all entities of a client share. */
export interface EntityContext {
  readonly partition: Partition;
  readonly extrapolationMsMax: number;
  /** Metres per second. */
  readonly teleportSpeed: number;
  /** Server time of the newest snapshot. */
  knownUntil: number;
}

/** An entity as the game sees it, whichever slices know it. */
export class EntityView implements Entity {
  ownership = 0;
  region: RegionId = { a: 0, b: 0 };
  layer = 0;
  components: Record<string, Fields> = {};
  tick = 0;
  worldX = 0;
  worldY = 0;
  worldZ = 0;
  private layout: EntityLayout | undefined;
  /** What only a squad or a team is told. */
  private added: Record<string, Fields> = {};
  private readonly motion: Motion;

  constructor(
    readonly id: bigint,
    private context: EntityContext,
  ) {
    this.motion = new Motion(context.teleportSpeed);
  }

  /** After a reconnect, the same entity lives in another view. */
  moveTo(context: EntityContext): void {
    this.context = context;
  }

  sample(serverTimeMs: number, into?: Sample): Sample {
    const result = into ?? { x: this.worldX, y: this.worldY, z: this.worldZ, heading: 0, extrapolated: false };
    return this.motion.sample(serverTimeMs, this.context.knownUntil, this.context.extrapolationMsMax, result);
  }

  /** Takes everything over from the copy that is now believed. Returns the names of fields that differ. */
  adopt(copy: SliceEntity, owner: CellPlace, moment: Moment): string[] {
    const before = this.components;
    const components: Record<string, Fields> = {};
    for (const name of copy.layout.components) components[name] = {};
    const changed: string[] = [];
    copy.layout.fields.forEach((field, i) => {
      const value = shown(field, copy.values[i]!);
      components[field.component]![field.name] = value;
      if (before[field.component]?.[field.name] !== value) changed.push(field.fullName);
    });
    this.components = { ...components, ...this.added };
    for (const [name, fields] of Object.entries(before)) {
      if (this.components[name] === undefined) changed.push(...Object.keys(fields).map((field) => `${name}.${field}`));
    }
    this.layout = copy.layout;
    this.move(copy, owner, moment);
    return changed;
  }

  /** Takes over what slices for its squad or team tell beside that. Returns the names of fields that differ. */
  add(copies: Iterable<SliceEntity>): string[] {
    const before = this.added;
    this.added = {};
    const changed: string[] = [];
    for (const copy of copies) {
      copy.layout.fields.forEach((field, i) => {
        const value = shown(field, copy.values[i]!);
        (this.added[field.component] ??= {})[field.name] = value;
        if (before[field.component]?.[field.name] !== value) changed.push(field.fullName);
      });
    }
    const components = { ...this.components };
    for (const [name, fields] of Object.entries(before)) {
      if (this.added[name] !== undefined) continue;
      delete components[name];
      changed.push(...Object.keys(fields).map((field) => `${name}.${field}`));
    }
    this.components = { ...components, ...this.added };
    return changed;
  }

  /** Takes the fields over that its believed copy changed. Returns their names. */
  update(copy: SliceEntity, indices: readonly number[], owner: CellPlace, moment: Moment): string[] {
    if (this.layout !== copy.layout) return this.adopt(copy, owner, moment);
    const changed: string[] = [];
    for (const i of indices) {
      const field = copy.layout.fields[i]!;
      this.components[field.component]![field.name] = shown(field, copy.values[i]!);
      changed.push(field.fullName);
    }
    this.move(copy, owner, moment);
    return changed;
  }

  private move(copy: SliceEntity, owner: CellPlace, moment: Moment): void {
    this.ownership = copy.ownership;
    this.region = owner.region;
    this.layer = owner.layer;
    this.tick = moment.tick;
    const position = this.components['kit.position'];
    if (position === undefined) return;
    this.worldX = this.context.partition.originX(this.region) + Number(position.x);
    this.worldY = this.context.partition.originY(this.region) + Number(position.y);
    this.worldZ = Number(position.z ?? 0);
    const heading = Number(this.components['kit.heading']?.yaw ?? 0);
    this.motion.add(moment.serverTime, this.worldX, this.worldY, this.worldZ, heading, moment.heldUntil);
  }
}
