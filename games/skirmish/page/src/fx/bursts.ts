import { ARMOR, EMBER, HULL, SHIELD, WHITE, type Rgb } from '../scene/palette.js';
import type { Lamps } from './lamps.js';
import { NOTHING, type Particles, type Spawn } from './particles.js';
import { GLOW, RING, SMOKE, SPARK } from './sprites.js';

/** The recipes of light: what a gun, a hit and an end look like. World metres. */
export class Bursts {
  constructor(
    private readonly particles: Particles,
    private readonly lamps: Lamps,
  ) {}

  muzzle(x: number, y: number, yaw: number, color: Rgb): void {
    const dx = Math.cos(yaw);
    const dy = Math.sin(yaw);
    this.make({
      x: x + dx,
      y: y + dy,
      seconds: 0.09,
      sizeFrom: 1.7,
      sizeTo: 0.7,
      from: WHITE,
      to: color,
      light: 2.6,
      shape: GLOW,
    });
    for (let i = this.particles.count(3); i > 0; i--) {
      const spread = yaw + (Math.random() - 0.5) * 0.6;
      const speed = 22 + Math.random() * 30;
      this.make({
        x: x + dx * 1.5,
        y: y + dy * 1.5,
        velocityX: Math.cos(spread) * speed,
        velocityY: Math.sin(spread) * speed,
        drag: 5,
        seconds: 0.16 + Math.random() * 0.1,
        sizeFrom: 0.22,
        sizeTo: 0.08,
        from: WHITE,
        to: color,
        light: 2.2,
        shape: SPARK,
        streak: 0.05,
      });
    }
    this.lamps.flash(x, y, color, 5, 0.12, 16);
  }

  /** `layer` 0 shield, 1 armor, 2 hull; the sparks fly back along `yaw`. */
  hit(x: number, y: number, yaw: number, layer: number, amount: number): void {
    const color = layer === 0 ? SHIELD : layer === 1 ? ARMOR : HULL;
    const force = Math.min(1.6, 0.6 + amount / 25);
    this.make({
      x,
      y,
      up: 0.5,
      seconds: 0.16,
      sizeFrom: 2.2 * force,
      sizeTo: 0.9,
      from: WHITE,
      to: color,
      light: 2.4,
      shape: GLOW,
    });
    const sparks = this.particles.count(layer === 0 ? 5 : 11);
    for (let i = 0; i < sparks; i++) {
      const angle = yaw + Math.PI + (Math.random() - 0.5) * (layer === 0 ? 2.6 : 1.7);
      const speed = (14 + Math.random() * 42) * force;
      this.make({
        x,
        y,
        up: 0.6,
        velocityX: Math.cos(angle) * speed,
        velocityY: Math.sin(angle) * speed,
        velocityUp: (Math.random() - 0.3) * 18,
        drag: 3.4,
        seconds: 0.25 + Math.random() * 0.4,
        sizeFrom: 0.2,
        sizeTo: 0.06,
        from: WHITE,
        to: color,
        light: 2.6,
        shape: SPARK,
        streak: 0.045,
      });
    }
    if (layer === 2) this.smoke(x, y, 2, 1.2);
    this.lamps.flash(x, y, color, 5 * force, 0.2, 18);
  }

  /** The end of something of `size` metres. */
  explosion(x: number, y: number, size: number, tint: Rgb): void {
    const s = Math.max(1.6, size);
    // First what covers, then what shines: the pool is drawn in this order.
    this.smoke(x, y, this.particles.count(8), s);
    this.make({
      x,
      y,
      up: 1,
      seconds: 0.2,
      sizeFrom: s * 5,
      sizeTo: s * 7.5,
      from: WHITE,
      to: [1, 0.75, 0.45],
      light: 3.4,
      shape: GLOW,
    });
    this.make({
      x,
      y,
      up: 0.2,
      seconds: 0.75,
      sizeFrom: s * 0.8,
      sizeTo: s * 8,
      from: [0.85, 0.95, 1],
      to: tint,
      light: 1.5,
      shape: RING,
    });
    this.make({
      x,
      y,
      up: 0.2,
      seconds: 1.15,
      sizeFrom: s * 0.4,
      sizeTo: s * 5,
      from: EMBER,
      to: [0.3, 0.05, 0.02],
      light: 0.9,
      shape: RING,
    });
    this.fire(x, y, s);
    for (let i = this.particles.count(26); i > 0; i--) {
      const angle = Math.random() * 2 * Math.PI;
      const speed = (10 + Math.random() ** 2 * 62) * Math.sqrt(s / 2.5);
      this.make({
        x,
        y,
        up: 0.5,
        velocityX: Math.cos(angle) * speed,
        velocityY: Math.sin(angle) * speed,
        velocityUp: (Math.random() - 0.5) * speed * 0.7,
        drag: 1.5,
        seconds: 0.5 + Math.random() * 1.1,
        sizeFrom: 0.26,
        sizeTo: 0.05,
        from: WHITE,
        to: EMBER,
        light: 3,
        shape: SPARK,
        streak: 0.06,
      });
    }
    this.lamps.flash(x, y, [1, 0.62, 0.3], 26, 0.6, s * 18);
  }

  /** A ship that arrives: a ring that closes and a soft column of light. */
  arrival(x: number, y: number, tint: Rgb): void {
    this.make({ x, y, up: 0, seconds: 0.9, sizeFrom: 13, sizeTo: 2, from: tint, to: WHITE, light: 1.3, shape: RING });
    this.make({ x, y, up: 1, seconds: 0.6, sizeFrom: 3, sizeTo: 8, from: WHITE, to: tint, light: 1.5, shape: GLOW });
  }

  private fire(x: number, y: number, s: number): void {
    for (let i = this.particles.count(22); i > 0; i--) {
      const angle = Math.random() * 2 * Math.PI;
      const speed = (1.5 + Math.random() * 7) * Math.sqrt(s);
      const rise = (Math.random() - 0.35) * 6;
      this.make({
        x: x + Math.cos(angle) * s * 0.4,
        y: y + Math.sin(angle) * s * 0.4,
        up: rise * 0.1,
        velocityX: Math.cos(angle) * speed,
        velocityY: Math.sin(angle) * speed,
        velocityUp: rise,
        drag: 2.4,
        seconds: 0.45 + Math.random() * 0.75,
        sizeFrom: s * (0.5 + Math.random() * 0.5),
        sizeTo: s * (1.1 + Math.random() * 1.1),
        from: [1, 0.72, 0.32],
        to: [0.75, 0.13, 0.03],
        light: 2.6,
        shape: GLOW,
      });
    }
  }

  private smoke(x: number, y: number, count: number, s: number): void {
    for (let i = 0; i < count; i++) {
      const angle = Math.random() * 2 * Math.PI;
      const speed = 1 + Math.random() * 5;
      this.make({
        x,
        y,
        velocityX: Math.cos(angle) * speed,
        velocityY: Math.sin(angle) * speed,
        velocityUp: Math.random() * 3,
        drag: 1,
        seconds: 1.2 + Math.random() * 1.4,
        sizeFrom: s * 0.6,
        sizeTo: s * (1.6 + Math.random()),
        from: [0.05, 0.035, 0.03],
        to: [0.012, 0.014, 0.02],
        light: 1,
        cover: 0.28,
        shape: SMOKE,
      });
    }
  }

  private make(values: Partial<Spawn>): void {
    this.particles.spawn({ ...NOTHING, ...values });
  }
}
