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
    const { radius, kind, value } = this.solid;
    const [originX, originY] = [this.partition.originX(region), this.partition.originY(region)];
    const found: { x: number; y: number; size: number; away: number }[] = [];
    for (const entity of this.entities.values()) {
      if (entity.components[kind.component]?.[kind.field] !== value) continue;
      const at = { x: entity.worldX - originX, y: entity.worldY - originY, size: numberOf(entity.components[radius.component]?.[radius.field]) };
      const away = Math.sqrt((at.x - x) * (at.x - x) + (at.y - y) * (at.y - y)) - at.size;
      if (away < REACH_METRES) found.push({ ...at, away });
    }
    if (found.length > SOLID_COUNT_MAX) found.sort((a, b) => a.away - b.away);
    return found.slice(0, SOLID_COUNT_MAX).flatMap(({ x: solidX, y: solidY, size }) => [solidX, solidY, size]);
  }
}

function numberOf(value: Fields[string] | undefined): number {
  return Number(value ?? 0);
}
