import type * as pc from 'playcanvas';
import type { Craft } from '../net/link.js';
import { Batch } from '../scene/batch.js';
import { icosphere } from '../scene/mesh/rocks.js';
import { SHIELD } from '../scene/palette.js';
import type { Origin } from '@terrane/playcanvas';

const POOL = 24;
const SECONDS = 0.5;

interface Flare {
  craft: Craft | undefined;
  age: number;
  dx: number;
  dy: number;
  strength: number;
}

/** The shells that light up where a shield is struck; they travel with the ship. */
export class Shields {
  private readonly batch: Batch;
  private readonly flares: Flare[] = Array.from({ length: POOL }, () => ({
    craft: undefined,
    age: SECONDS,
    dx: 1,
    dy: 0,
    strength: 0,
  }));
  private next = 0;

  constructor(app: pc.AppBase, material: pc.Material) {
    const ball = icosphere(2);
    const count = ball.positions.length / 3;
    const colors = Array.from<number>({ length: count * 4 }).fill(255);
    this.batch = new Batch(
      app,
      { positions: ball.positions, normals: ball.positions, colors, indices: ball.indices },
      material,
      POOL,
    );
  }

  /** Struck at world `(x, y)`. */
  strike(craft: Craft, x: number, y: number, amount: number): void {
    const dx = x - craft.x;
    const dy = y - craft.y;
    const length = Math.hypot(dx, dy) || 1;
    // One shell per ship: many hits would add up to a white ball.
    let flare = this.flares.find((known) => known.craft === craft);
    if (!flare) {
      flare = this.flares[this.next];
      this.next = (this.next + 1) % POOL;
    }
    Object.assign(flare, { craft, age: 0, dx: dx / length, dy: dy / length, strength: Math.min(1, 0.5 + amount / 30) });
  }

  update(seconds: number, origin: Origin): void {
    this.batch.begin();
    for (const flare of this.flares) {
      if (!flare.craft || flare.age >= SECONDS) continue;
      flare.age += seconds;
      const left = Math.max(0, 1 - flare.age / SECONDS) * flare.strength;
      const i = this.batch.add();
      if (i < 0) break;
      const c = flare.craft;
      const v = this.batch.values;
      v.set([origin.sceneX(c.x), c.z, origin.sceneZ(c.y), c.size * 1.55, 0, 0, 0, 1], i);
      v.set([SHIELD[0], SHIELD[1], SHIELD[2], left, flare.dx, 0, -flare.dy, 0], i + 8);
    }
    this.batch.end();
  }
}
