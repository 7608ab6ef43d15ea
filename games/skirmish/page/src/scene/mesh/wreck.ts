import { Sketch, type Mask } from './sketch.js';

const PLATING: Mask = [1, 0, 0, 0.8];
const DARK: Mask = [0.38, 0, 0, 0.6];
const PAINT: Mask = [0.9, 1, 0, 0.7];

/** What is left of a ship: a torn hull with half a wing. */
export function wreck(): Sketch {
  const s = new Sketch();
  s.loft(
    [
      { x: 0.7, width: 0.12, height: 0.05, y: 0.08 },
      { x: 0.35, width: 0.24, height: 0.2 },
      { x: -0.25, width: 0.28, height: 0.22, y: -0.04 },
      { x: -0.62, width: 0.12, height: 0.2, y: 0.1, z: 0.08 },
    ],
    7,
    DARK,
  );
  s.plate(
    [
      [-0.35, 0.2],
      [-0.5, 0.85],
      [-0.22, 0.7],
      [-0.12, 0.92],
      [0.25, 0.22],
    ],
    0,
    0.07,
    PLATING,
    [0, 0.18, 0.05, 0.2, 0],
  );
  s.plate(
    [
      [-0.2, -0.45],
      [-0.3, -0.2],
      [0.3, -0.2],
      [0.1, -0.38],
    ],
    -0.08,
    0.06,
    PAINT,
    [-0.2, 0, 0, -0.1],
  );
  s.box(-0.75, 0.2, 0.05, 0.2, 0.03, 0.03, DARK);
  s.box(0.5, -0.2, -0.2, 0.05, 0.12, 0.03, DARK);
  return s;
}
