import type { Entity, Fields, Sample } from '../api.js';
import { Motion } from '../motion.js';
import type { Partition, RegionId } from '../partition.js';
import type { Place } from './api.js';

/** So far beyond the border a thing keeps its region, as it does on a server. */
const BORDER_METRES = 2;
const TELEPORT_SPEED = 500;

type Components = Readonly<Record<string, Fields>>;

/** A thing of a world without a server: where it was over time, and what it is. Positions are 32 bits from the origin of a region, as everywhere. */
export class LocalEntity implements Entity {
  readonly ownership = 0;
  readonly layer = 0;
  region: RegionId;
  tick = 0;
  worldX = 0;
  worldY = 0;
  worldZ = 0;
  components: Record<string, Fields> = {};
  /** What was changed since it was last told of. */
  readonly changed = new Set<string>();
  private readonly motion = new Motion(TELEPORT_SPEED);

  constructor(
    readonly id: bigint,
    private readonly partition: Partition,
    place: Place,
    components: Components,
  ) {
    this.region = partition.regionAt(place.x ?? 0, place.y ?? 0);
    this.components = { 'kit.position': { x: 0, y: 0, z: 0 }, 'kit.heading': { yaw: 0 } };
    this.merge(components);
    this.put({ ...place, x: place.x ?? 0, y: place.y ?? 0 });
    this.changed.clear();
  }

  get heading(): number {
    return this.number('kit.heading', 'yaw');
  }

  put({ x, y, z, heading }: Place): void {
    // What is not given keeps its bits: far from the world's origin they do not survive the way there and back.
    if (x !== undefined || y !== undefined) this.putAt(x ?? this.worldX, y ?? this.worldY);
    if (z !== undefined) this.merge({ 'kit.position': { z: Math.fround(z) } });
    if (heading !== undefined) this.merge({ 'kit.heading': { yaw: Math.fround(heading) } });
  }

  merge(components: Components): void {
    for (const name in components) this.take(name, { ...this.components[name], ...components[name] });
  }

  /** Takes over what a tick of the rule made of it, and changes the region when it has left it. */
  became(components: Components): void {
    for (const name in components) if (components[name] !== this.components[name]) this.take(name, components[name]!);
    const { worldX, worldY } = this;
    if (!this.holds(worldX, worldY)) this.putAt(worldX, worldY);
  }

  /** Notes where it is after this tick; it was where it had been until the one before. */
  remember(tick: number, timeMs: number, tickMs: number): void {
    const newest = this.motion.newest;
    const { worldX: x, worldY: y, worldZ: z, heading } = this;
    if (newest !== undefined && newest.x === x && newest.y === y && newest.z === z && newest.heading === heading) return;
    this.tick = tick;
    this.motion.add(timeMs, x, y, z, heading, timeMs - tickMs);
  }

  sample(serverTimeMs: number, into?: Sample): Sample {
    const sample = into ?? { x: 0, y: 0, z: 0, heading: 0, extrapolated: false };
    return this.motion.sample(serverTimeMs, Number.POSITIVE_INFINITY, 0, sample);
  }

  private take(name: string, fields: Fields): void {
    const before = this.components[name];
    for (const field in fields) if (!Object.is(before?.[field], fields[field])) this.changed.add(fullName(name, field));
    this.components[name] = fields;
    if (name === 'kit.position') this.locate();
  }

  private locate(): void {
    this.worldX = this.partition.originX(this.region) + this.number('kit.position', 'x');
    this.worldY = this.partition.originY(this.region) + this.number('kit.position', 'y');
    this.worldZ = this.number('kit.position', 'z');
  }

  private putAt(x: number, y: number): void {
    if (!this.holds(x, y)) this.region = this.partition.regionAt(x, y);
    const { region, partition } = this;
    this.merge({ 'kit.position': { x: Math.fround(x - partition.originX(region)), y: Math.fround(y - partition.originY(region)) } });
  }

  private number(component: string, field: string): number {
    return Number(this.components[component]?.[field] ?? 0);
  }

  /** Whether it is still in its region, or little beyond. */
  private holds(x: number, y: number): boolean {
    const at = this.partition.regionAt(x, y);
    if (at.a === this.region.a && at.b === this.region.b) return true;
    const [homeX, homeY] = [this.partition.originX(this.region) - x, this.partition.originY(this.region) - y];
    const away = Math.hypot(homeX, homeY);
    const back = this.partition.regionAt(x + (homeX / away) * BORDER_METRES, y + (homeY / away) * BORDER_METRES);
    return back.a === this.region.a && back.b === this.region.b;
  }
}

const fullNames = new Map<string, Map<string, string>>();

/** `kit.position.x`. Games have few fields, and they change in each tick: the same text is not made anew. */
function fullName(component: string, field: string): string {
  let fields = fullNames.get(component);
  if (fields === undefined) fullNames.set(component, (fields = new Map()));
  let name = fields.get(field);
  if (name === undefined) fields.set(field, (name = `${component}.${field}`));
  return name;
}
