import type { Entity } from '@terrane/client';
import type { LocalWorld } from '@terrane/client/alone';
import { KINDS, type Kind, VITALS_MAX } from '../net/link.js';
import type { Skirmish } from '../net/skirmishGame.js';
import { BODY } from '../net/skirmishWire.js';

export type AloneWorld = LocalWorld<Skirmish>;

/** A craft of the world without a server, and what moves it. */
export interface Actor {
  readonly entity: Entity<Skirmish>;
  readonly kind: Kind;
  readonly size: number;
  readonly name: string;
  aim: number;
  goalX: number;
  goalY: number;
  /** Ticks until it may fire. */
  reload: number;
  /** Ticks until it is back; 0: it lives. */
  deadFor: number;
  /** Which way round its prey it flies. */
  phase: number;
}

/** A craft as it begins; `x` and `y` in world metres. */
export interface Birth {
  kind: Kind;
  variant: number;
  size: number;
  name: string;
  x: number;
  y: number;
  yaw: number;
}

export function componentsOf({ kind, variant, size, name }: Birth): Skirmish['self'] {
  const fights = kind === 'ship' || kind === 'drone';
  return {
    'kit.velocity': { x: 0, y: 0 },
    [BODY]: { kind: KINDS.indexOf(kind), variant, size },
    ...(name === '' ? {} : { 'kit.nameplate': { name } }),
    ...(fights ? { 'skirmish.vitals': { ...VITALS_MAX[kind] } } : {}),
    ...(kind === 'ship' ? { 'skirmish.pilot': { score: 0, kills: 0, energy: 100, respawnIn: 0 } } : {}),
  } as Skirmish['self'];
}

export function actorOf(entity: Entity<Skirmish>, { kind, size, name, x, y, yaw }: Birth, phase: number): Actor {
  return { entity, kind, size, name, aim: yaw, goalX: x, goalY: y, reload: 0, deadFor: 0, phase };
}

/** The nearest of these that lives and is within reach. */
export function nearest(a: Actor, foes: Iterable<Actor>, reachMetres: number): Actor | undefined {
  let best: Actor | undefined;
  let bestMetres = reachMetres;
  for (const foe of foes) {
    if (foe === a || foe.deadFor > 0) continue;
    const metres = Math.hypot(foe.entity.worldX - a.entity.worldX, foe.entity.worldY - a.entity.worldY);
    if (metres < bestMetres) [best, bestMetres] = [foe, metres];
  }
  return best;
}
