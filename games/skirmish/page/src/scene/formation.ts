import type { Craft, Kind } from '../net/link.js';
import { randoms } from '../space/noise.js';
import type { Focus } from './view.js';

const YAW = 2.35;
const METRES_PER_SECOND = 30;

/** The scene behind the start screen: three ships on their way past some rocks that keep their distance. */
export class Formation {
  readonly crafts = new Map<string, Craft>();
  private readonly focus: Focus = {
    x: 0,
    y: 0,
    velocityX: Math.cos(YAW) * METRES_PER_SECOND,
    velocityY: Math.sin(YAW) * METRES_PER_SECOND,
  };

  constructor() {
    this.put('ship', 0, 2.6, 0, 0, 0, YAW);
    this.put('ship', 1, 2.6, 9, 15, 1.5, YAW - 0.03);
    this.put('ship', 5, 2.6, 16, 3, -1, YAW + 0.04);
    const random = randoms(11);
    for (let i = 0; i < 26; i++) {
      const x = (random() - 0.35) * 150;
      const y = 26 + random() * 130;
      this.put('asteroid', i % 4, 1.5 + random() ** 3 * 13, x, y, -8 - random() * 34, 0);
    }
  }

  /** Everything moves on together; only the motes tell. */
  fly(seconds: number): Focus {
    const dx = this.focus.velocityX * seconds;
    const dy = this.focus.velocityY * seconds;
    for (const craft of this.crafts.values()) {
      craft.x += dx;
      craft.y += dy;
    }
    this.focus.x += dx;
    this.focus.y += dy;
    return this.focus;
  }

  private put(kind: Kind, variant: number, size: number, x: number, y: number, z: number, yaw: number): void {
    const id = String(this.crafts.size + 1);
    this.crafts.set(id, {
      id,
      kind,
      variant,
      size,
      name: '',
      vitals: undefined,
      score: 0,
      kills: 0,
      x,
      y,
      z,
      yaw,
      region: 0,
      layer: 0,
    });
  }
}
