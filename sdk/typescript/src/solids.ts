import type { Entity, Fields } from './api.js';
import type { Partition, RegionId } from './partition.js';
import { type RuleSolid, SOLID_COUNT_MAX } from './wasmRule.js';

/** Farther from the avatar's last known place than this nothing can be in its way before the server's next word. */
const REACH_METRES = 60;

/** What is in the way of the own avatar, as its movement rule says, among the entities in view. */
export class Solids {
  constructor(
    private readonly solid: RuleSolid,
    private readonly partition: Partition,
    private readonly entities: ReadonlyMap<bigint, Entity>,
  ) {}

  /** x, y and radius of each, from the origin of the region; the nearest if there are too many. */
  near(region: RegionId, x: number, y: number): number[] {
    return this.among(this.all(), region, x, y);
  }

  /** All there are now, for who looks among them more than once. */
  all(): Circle[] {
    const { radius, kind, value } = this.solid;
    const circles: Circle[] = [];
    for (const { components, worldX, worldY } of this.entities.values()) {
      if (components[kind.component]?.[kind.field] !== value) continue;
      circles.push({ worldX, worldY, size: numberOf(components[radius.component]?.[radius.field]) });
    }
    return circles;
  }

  /** Of these, as {@link near} tells them. */
  among(circles: readonly Circle[], region: RegionId, x: number, y: number): number[] {
    const [originX, originY] = [this.partition.originX(region), this.partition.originY(region)];
    const found: { x: number; y: number; size: number; away: number }[] = [];
    for (const { worldX, worldY, size } of circles) {
      const [solidX, solidY] = [worldX - originX, worldY - originY];
      const away = Math.sqrt((solidX - x) * (solidX - x) + (solidY - y) * (solidY - y)) - size;
      if (away < REACH_METRES) found.push({ x: solidX, y: solidY, size, away });
    }
    if (found.length > SOLID_COUNT_MAX) found.sort((a, b) => a.away - b.away);
    return found.slice(0, SOLID_COUNT_MAX).flatMap(({ x: solidX, y: solidY, size }) => [solidX, solidY, size]);
  }
}

/** In world metres. */
export interface Circle {
  readonly worldX: number;
  readonly worldY: number;
  readonly size: number;
}

function numberOf(value: Fields[string] | undefined): number {
  return Number(value ?? 0);
}
