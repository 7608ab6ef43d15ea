import type { Origin } from '@terrane/playcanvas';
import { WHITE, type Rgb } from '../scene/palette.js';
import { GLOW, SPARK, type Sprites } from './sprites.js';

/** A bolt of light of `half` metres to either side of `(x, y)`, along the unit vector `(dx, dy)`. */
export function dash(
  sprites: Sprites,
  origin: Origin,
  x: number,
  y: number,
  dx: number,
  dy: number,
  half: number,
  color: Rgb,
): void {
  const sx = origin.sceneX(x);
  const sz = origin.sceneZ(y);
  sprites.add(sx, 0.2, sz, 0.95, color, 1.15, GLOW, 0, dx * half, 0, -dy * half);
  sprites.add(sx, 0.2, sz, 0.3, WHITE, 2.1, SPARK, 0, dx * half * 0.9, 0, -dy * half * 0.9);
}
