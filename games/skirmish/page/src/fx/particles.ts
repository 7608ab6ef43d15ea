import type { Origin } from '@terrane/playcanvas';
import type { Sprites } from './sprites.js';

/** What a new particle is like. World metres; `up` is height. Colours run from `from` to `to` over its life. */
export interface Spawn {
  x: number;
  y: number;
  up: number;
  velocityX: number;
  velocityY: number;
  velocityUp: number;
  /** Share of the speed lost per second. */
  drag: number;
  seconds: number;
  sizeFrom: number;
  sizeTo: number;
  from: readonly [number, number, number];
  to: readonly [number, number, number];
  light: number;
  cover: number;
  shape: number;
  /** Seconds of its flight that it is drawn long. */
  streak: number;
}

interface Particle extends Spawn {
  age: number;
}

/** A fixed pool: what does not fit is not shown. The oldest slot is reused, so a new blast always wins over old smoke. */
export class Particles {
  private readonly pool: Particle[];
  private next = 0;
  private readonly mixed: [number, number, number] = [0, 0, 0];

  /** Share of wished particles that are made; 1 is all. */
  density = 1;

  constructor(capacity: number) {
    this.pool = Array.from({ length: capacity }, () => ({ ...NOTHING, age: 1 }));
  }

  spawn(values: Spawn): void {
    const particle = this.pool[this.next];
    this.next = (this.next + 1) % this.pool.length;
    Object.assign(particle, values);
    particle.age = 0;
  }

  /** How many of `wished` to make under the present density; at least one. */
  count(wished: number): number {
    return Math.max(1, Math.round(wished * this.density));
  }

  update(seconds: number, origin: Origin, sprites: Sprites): void {
    for (const p of this.pool) {
      if (p.age >= p.seconds) continue;
      p.age += seconds;
      const t = p.age / p.seconds;
      if (t >= 1) continue;
      const keep = Math.exp(-p.drag * seconds);
      p.velocityX *= keep;
      p.velocityY *= keep;
      p.velocityUp *= keep;
      p.x += p.velocityX * seconds;
      p.y += p.velocityY * seconds;
      p.up += p.velocityUp * seconds;
      const fade = (1 - t) * (1 - t);
      for (let c = 0; c < 3; c++) this.mixed[c] = p.from[c] + (p.to[c] - p.from[c]) * t;
      const size = p.sizeFrom + (p.sizeTo - p.sizeFrom) * (1 - (1 - t) * (1 - t));
      const s = p.streak * 0.5;
      sprites.add(
        origin.sceneX(p.x),
        p.up,
        origin.sceneZ(p.y),
        size,
        this.mixed,
        p.light * fade,
        p.shape,
        p.cover * (1 - t) * Math.min(1, t * 6),
        p.velocityX * s,
        p.velocityUp * s,
        -p.velocityY * s,
      );
    }
  }
}

export const NOTHING: Spawn = {
  x: 0,
  y: 0,
  up: 0,
  velocityX: 0,
  velocityY: 0,
  velocityUp: 0,
  drag: 0,
  seconds: 0,
  sizeFrom: 0,
  sizeTo: 0,
  from: [0, 0, 0],
  to: [0, 0, 0],
  light: 0,
  cover: 0,
  shape: 0,
  streak: 0,
};
