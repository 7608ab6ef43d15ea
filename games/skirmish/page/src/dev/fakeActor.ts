import { type Craft, VITALS_MAX } from '../net/link.js';

/** A craft of the made-up world and what moves it. */
export interface Actor {
  craft: Craft;
  vx: number;
  vy: number;
  aim: number;
  goalX: number;
  goalY: number;
  reload: number;
  deadFor: number;
  life: number;
  by: string;
}

/** The nearest ship for a drone, the nearest drone for a ship. */
export function nearestFoe(a: Actor, actors: Iterable<Actor>, reach: number): Actor | undefined {
  let best: Actor | undefined;
  let bestMetres = reach;
  for (const other of actors) {
    const c = other.craft;
    if (other === a || other.deadFor > 0 || (c.kind !== 'ship' && c.kind !== 'drone') || c.kind === a.craft.kind) continue;
    const d = Math.hypot(c.x - a.craft.x, c.y - a.craft.y);
    if (d < bestMetres) [best, bestMetres] = [other, d];
  }
  return best;
}

/** A craft that has just appeared, with full vitals where its kind has any. */
export function actorOf(
  is: Pick<Craft, 'id' | 'kind' | 'variant' | 'size' | 'name' | 'x' | 'y' | 'yaw'>,
  reload: number,
  life: number,
): Actor {
  const vitals = is.kind === 'ship' || is.kind === 'drone' ? { ...VITALS_MAX[is.kind] } : undefined;
  const craft: Craft = { ...is, vitals, score: 0, kills: 0, z: 0, region: 0, layer: 0 };
  return { craft, vx: 0, vy: 0, aim: is.yaw, goalX: is.x, goalY: is.y, reload, deadFor: 0, life, by: '' };
}
