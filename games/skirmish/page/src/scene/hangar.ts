import type { Craft, Kind } from '../net/link.js';
import { randoms } from '../space/noise.js';

/** The still life behind the start screen: one ship at the scene's middle, its wing, a few rocks. */
export function hangar(): Map<string, Craft> {
  const crafts = new Map<string, Craft>();
  const put = (kind: Kind, variant: number, size: number, x: number, y: number, z: number, yaw: number): void => {
    const id = String(crafts.size + 1);
    crafts.set(id, { id, kind, variant, size, name: '', vitals: undefined, score: 0, kills: 0, x, y, z, yaw });
  };
  put('ship', 0, 2.6, 0, 0, 0, 2.35);
  put('ship', 1, 2.6, 9, 15, 1.5, 2.3);
  put('ship', 5, 2.6, 15, 1, -1, 2.42);
  const random = randoms(11);
  for (let i = 0; i < 26; i++) {
    const x = (random() - 0.35) * 150;
    const y = 26 + random() * 130;
    put('asteroid', i % 4, 1.5 + random() ** 3 * 13, x, y, -8 - random() * 34, 0);
  }
  return crafts;
}
