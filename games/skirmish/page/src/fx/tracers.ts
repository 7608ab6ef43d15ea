import type { Origin } from '../space/coordinates.js';
import type { Rgb } from '../scene/palette.js';
import { WHITE } from '../scene/palette.js';
import { GLOW, SPARK, type Sprites } from './sprites.js';

const POOL = 160;
const METRES_PER_SECOND = 380;
const LENGTH_METRES = 7;

interface Tracer {
  x: number;
  y: number;
  dx: number;
  dy: number;
  metres: number;
  flown: number;
  color: Rgb;
}

/** Shots that the server decided at once: a dash of light runs from the gun to where it ended. */
export class Tracers {
  private readonly pool: Tracer[] = Array.from({ length: POOL }, () => ({ x: 0, y: 0, dx: 1, dy: 0, metres: 0, flown: 0, color: WHITE }));
  private next = 0;

  fire(x: number, y: number, toX: number, toY: number, color: Rgb): void {
    const metres = Math.hypot(toX - x, toY - y);
    if (metres < 0.5) return;
    const tracer = this.pool[this.next];
    this.next = (this.next + 1) % POOL;
    Object.assign(tracer, { x, y, dx: (toX - x) / metres, dy: (toY - y) / metres, metres, flown: 0, color });
  }

  update(seconds: number, origin: Origin, sprites: Sprites): void {
    for (const t of this.pool) {
      if (t.flown >= t.metres) continue;
      t.flown += seconds * METRES_PER_SECOND;
      const head = Math.min(t.flown, t.metres);
      const tail = Math.max(0, head - LENGTH_METRES);
      const middle = (head + tail) / 2;
      dash(sprites, origin, t.x + t.dx * middle, t.y + t.dy * middle, t.dx, t.dy, (head - tail) / 2, t.color);
    }
  }
}

/** A bolt of light of `half` metres to either side of `(x, y)`. */
export function dash(sprites: Sprites, origin: Origin, x: number, y: number, dx: number, dy: number, half: number, color: Rgb): void {
  const sx = origin.sceneX(x);
  const sz = origin.sceneZ(y);
  sprites.add(sx, 0.2, sz, 0.95, color, 1.15, GLOW, 0, dx * half, 0, -dy * half);
  sprites.add(sx, 0.2, sz, 0.3, WHITE, 2.1, SPARK, 0, dx * half * 0.9, 0, -dy * half * 0.9);
}
