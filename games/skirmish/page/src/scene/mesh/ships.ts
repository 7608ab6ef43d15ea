import { Sketch, type Mask, type Point } from './sketch.js';

const PLATING: Mask = [1, 0, 0, 0.8];
const DARK: Mask = [0.38, 0, 0, 0.6];
const PAINT: Mask = [0.9, 1, 0, 0.7];
const GLASS: Mask = [0.07, 0, 0, 1];
const ENGINE: Mask = [0.2, 0, 1, 0];
const LAMP: Mask = [0.4, 0.6, 0.7, 0];

/** The player's interceptor: long nose, swept wings with guns at their tips, two engines, twin tail. */
export function interceptor(): Sketch {
  const s = new Sketch();
  s.loft(
    [
      { x: 1.3, width: 0.015, height: 0.015, y: -0.03 },
      { x: 1.0, width: 0.06, height: 0.05, y: -0.02 },
      { x: 0.55, width: 0.14, height: 0.11 },
      { x: 0.1, width: 0.2, height: 0.17 },
      { x: -0.45, width: 0.24, height: 0.17 },
      { x: -0.85, width: 0.19, height: 0.12 },
    ],
    8,
    PLATING,
    DARK,
  );
  s.loft(
    [
      { x: 0.62, width: 0.03, height: 0.02, y: 0.1 },
      { x: 0.42, width: 0.09, height: 0.1, y: 0.11 },
      { x: 0.14, width: 0.1, height: 0.12, y: 0.14 },
      { x: -0.12, width: 0.05, height: 0.05, y: 0.15 },
    ],
    6,
    GLASS,
  );
  s.plate(
    [
      [-0.8, 0.05],
      [-0.12, 0.05],
      [-0.12, -0.05],
      [-0.8, -0.05],
    ],
    0.175,
    0.05,
    PAINT,
  );
  s.both((p) => {
    p.plate(
      [
        [-0.72, 0.2],
        [-0.82, 0.72],
        [-0.3, 0.72],
        [0.3, 0.2],
      ],
      -0.01,
      0.07,
      PLATING,
      [0, -0.05, -0.05, 0],
    );
    p.plate(
      [
        [-0.82, 0.72],
        [-0.92, 1.02],
        [-0.62, 1.02],
        [-0.3, 0.72],
      ],
      -0.06,
      0.05,
      PAINT,
      [0, -0.03, -0.03, 0],
    );
    p.plate(
      [
        [0.5, 0.12],
        [0.42, 0.4],
        [0.54, 0.4],
        [0.84, 0.09],
      ],
      0.0,
      0.035,
      PAINT,
    );
    p.loft(
      [
        { x: 0.32, width: 0.022, height: 0.022, y: -0.09, z: 1.0 },
        { x: -0.3, width: 0.026, height: 0.026, y: -0.09, z: 1.0 },
        { x: -0.42, width: 0.06, height: 0.06, y: -0.09, z: 1.0 },
        { x: -0.95, width: 0.045, height: 0.045, y: -0.09, z: 1.0 },
      ],
      6,
      DARK,
    );
    p.loft(
      [
        { x: 0.02, width: 0.07, height: 0.05, y: 0.02, z: 0.28 },
        { x: -0.15, width: 0.13, height: 0.12, y: 0.02, z: 0.3 },
        { x: -0.75, width: 0.14, height: 0.13, y: 0.02, z: 0.3 },
        { x: -1.0, width: 0.1, height: 0.1, y: 0.02, z: 0.3 },
      ],
      8,
      DARK,
      ENGINE,
    );
    p.loft(
      [
        { x: -1.0, width: 0.1, height: 0.1, y: 0.02, z: 0.3 },
        { x: -1.04, width: 0.075, height: 0.075, y: 0.02, z: 0.3 },
      ],
      8,
      ENGINE,
    );
    p.plate(
      [
        [-0.55, 0.32],
        [-0.95, 0.4],
        [-0.98, 0.36],
        [-0.55, 0.28],
      ],
      0.26,
      0.24,
      PAINT,
      [-0.06, 0.06, 0.06, -0.06],
    );
    p.box(-0.9, -0.06, 1.0, 0.06, 0.02, 0.02, LAMP);
  });
  return s;
}

/** The raider drone: an armoured eye between two mandibles. */
export function mandible(): Sketch {
  const s = new Sketch();
  s.loft(
    [
      { x: 0.42, width: 0.1, height: 0.09 },
      { x: 0.25, width: 0.3, height: 0.22 },
      { x: -0.2, width: 0.42, height: 0.28 },
      { x: -0.6, width: 0.26, height: 0.18 },
      { x: -0.75, width: 0.16, height: 0.12 },
    ],
    6,
    DARK,
    ENGINE,
  );
  s.loft(
    [
      { x: 0.5, width: 0.07, height: 0.06 },
      { x: 0.41, width: 0.1, height: 0.09 },
    ],
    6,
    ENGINE,
  );
  s.plate(
    [
      [-0.55, 0.14],
      [0.12, 0.2],
      [0.12, -0.2],
      [-0.55, -0.14],
    ],
    0.25,
    0.06,
    PAINT,
  );
  s.both((p) => {
    p.plate(
      [
        [-0.4, 0.3],
        [-0.62, 0.72],
        [-0.1, 0.86],
        [0.22, 0.4],
        [0.05, 0.28],
      ],
      0,
      0.14,
      PLATING,
      [0, -0.04, -0.06, 0, 0],
    );
    p.plate(
      [
        [-0.1, 0.86],
        [0.45, 0.9],
        [1.02, 0.5],
        [0.5, 0.7],
        [0.22, 0.62],
      ],
      -0.05,
      0.09,
      PAINT,
      [0, 0, -0.04, 0, 0],
    );
    p.plate(
      [
        [-0.62, 0.72],
        [-0.98, 0.94],
        [-0.5, 0.95],
        [-0.1, 0.86],
      ],
      -0.05,
      0.07,
      DARK,
      [0, 0.1, 0.05, 0],
    );
    p.box(-0.62, -0.02, 0.62, 0.09, 0.05, 0.07, ENGINE);
  });
  return s;
}

/** The lancer drone: a split arrow around a spinal gun. */
export function lancer(): Sketch {
  const s = new Sketch();
  s.loft(
    [
      { x: 1.15, width: 0.03, height: 0.03 },
      { x: 0.3, width: 0.07, height: 0.07 },
      { x: -0.1, width: 0.18, height: 0.2 },
      { x: -0.62, width: 0.2, height: 0.2 },
      { x: -0.85, width: 0.12, height: 0.12 },
    ],
    6,
    DARK,
    ENGINE,
  );
  s.box(0.1, 0.16, 0, 0.12, 0.04, 0.05, LAMP);
  s.both((p) => {
    p.plate(
      [
        [-0.6, 0.16],
        [-1.0, 0.62],
        [-0.7, 0.66],
        [0.62, 0.26],
        [0.2, 0.16],
      ],
      0.04,
      0.1,
      PLATING,
      [0.06, -0.14, -0.14, -0.02, 0.04],
    );
    p.plate(
      [
        [-1.0, 0.62],
        [-1.12, 0.8],
        [-0.5, 0.72],
        [-0.2, 0.52],
        [-0.7, 0.62],
      ],
      -0.08,
      0.06,
      PAINT,
    );
    p.box(-0.78, -0.04, 0.4, 0.1, 0.05, 0.06, ENGINE);
  });
  return s;
}

/** Any craft from afar, when it covers a few pixels only: a wedge with wings. */
export function dart(): Sketch {
  const s = new Sketch();
  s.loft(
    [
      { x: 0.95, width: 0.04, height: 0.04 },
      { x: -0.15, width: 0.26, height: 0.2 },
      { x: -0.85, width: 0.18, height: 0.14 },
    ],
    4,
    DARK,
    ENGINE,
  );
  for (const side of [1, -1]) {
    const root: Point = [0.35, 0.06, 0.12 * side];
    const tip: Point = [-0.35, 0, 0.9 * side];
    const tail: Point = [-0.75, 0.06, 0.14 * side];
    if (side > 0) s.triangle(root, tail, tip, PAINT);
    else s.triangle(root, tip, tail, PAINT);
  }
  return s;
}
