import type { Kind } from '../net/link.js';

export type Rgb = readonly [number, number, number];

/** Team paint of ships by variant; linear light. */
const SHIPS: readonly Rgb[] = [
  [0.04, 0.42, 1.0],
  [1.0, 0.47, 0.08],
  [0.3, 0.95, 0.35],
  [0.72, 0.32, 1.0],
  [1.0, 0.8, 0.16],
  [0.1, 0.95, 0.8],
];

/** Drones burn red, whatever their make: an enemy is known at once. */
const DRONES: readonly Rgb[] = [
  [1.0, 0.1, 0.13],
  [1.0, 0.26, 0.05],
  [0.95, 0.06, 0.42],
];

export const STONE: Rgb = [0.6, 0.5, 0.4];
export const EMBER: Rgb = [1.0, 0.42, 0.1];
export const SHIELD: Rgb = [0.25, 0.75, 1.0];
export const ARMOR: Rgb = [1.0, 0.72, 0.28];
export const HULL: Rgb = [1.0, 0.34, 0.14];
export const WHITE: Rgb = [1, 1, 1];

export function paintOf(kind: Kind, variant: number): Rgb {
  if (kind === 'drone') return DRONES[variant % DRONES.length];
  if (kind === 'ship' || kind === 'bolt') return SHIPS[variant % SHIPS.length];
  return STONE;
}
