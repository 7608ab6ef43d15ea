import type { Craft } from '../net/link.js';

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
