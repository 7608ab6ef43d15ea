import { Sketch, type Mask } from './sketch.js';

const PLATING: Mask = [0.55, 0, 0, 0.8];
const DARK: Mask = [0.25, 0, 0, 0.6];
const PAINT: Mask = [0.6, 1, 0, 0.7];
const LAMP: Mask = [0.4, 0.8, 1, 0];

const SIDES = 24;
const SPOKES = 3;

/** A wheel that lies in the plane: two rims, lamps on the outer one, three spokes, a hub. Its radius is 1. */
export function station(): Sketch {
  const s = new Sketch();
  rim(s, 0.86, 1, 0.09, (i) => (i % 4 === 0 ? PAINT : PLATING));
  rim(s, 0.5, 0.58, 0.06, () => DARK);
  rim(s, 0, 0.26, 0.2, (i) => (i % 2 ? PLATING : DARK));
  rim(s, 0, 0.12, 0.3, () => PAINT);
  for (let i = 0; i < SPOKES; i++) {
    const angle = (i / SPOKES) * 2 * Math.PI;
    s.plate([at(0.2, angle, -0.05), at(0.9, angle, -0.035), at(0.9, angle, 0.035), at(0.2, angle, 0.05)], 0, 0.05, PLATING);
  }
  for (let i = 0; i < SIDES; i += 2) {
    const angle = ((i + 0.5) / SIDES) * 2 * Math.PI;
    s.plate([at(0.91, angle, -0.02), at(0.95, angle, -0.02), at(0.95, angle, 0.02), at(0.91, angle, 0.02)], 0.06, 0.04, LAMP);
  }
  return s;
}

function rim(s: Sketch, inner: number, outer: number, thickness: number, mask: (side: number) => Mask): void {
  for (let i = 0; i < SIDES; i++) {
    const [from, to] = [(i / SIDES) * 2 * Math.PI, ((i + 1) / SIDES) * 2 * Math.PI];
    const corners = [at(outer, from), at(outer, to)];
    s.plate(inner > 0 ? [...corners, at(inner, to), at(inner, from)] : [...corners, [0, 0]], 0, thickness, mask(i));
  }
}

/** So far out at this angle, and so far aside; x and z, the angle from x towards −z as everywhere in the scene. */
function at(radius: number, angle: number, aside = 0): [number, number] {
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return [radius * x - aside * y, -(radius * y + aside * x)];
}
