import { noise3 } from '../../space/noise.js';
import type { Sketch } from './sketch.js';

type MeshParts = Pick<Sketch, 'positions' | 'normals' | 'colors' | 'indices'>;

/** A ball of even triangles, radius 1. */
export function icosphere(subdivisions: number): { positions: number[]; indices: number[] } {
  const t = (1 + Math.sqrt(5)) / 2;
  const positions: number[] = [];
  const add = (x: number, y: number, z: number): number => {
    const length = Math.hypot(x, y, z);
    positions.push(x / length, y / length, z / length);
    return positions.length / 3 - 1;
  };
  for (const [x, y, z] of [
    [-1, t, 0],
    [1, t, 0],
    [-1, -t, 0],
    [1, -t, 0],
    [0, -1, t],
    [0, 1, t],
    [0, -1, -t],
    [0, 1, -t],
    [t, 0, -1],
    [t, 0, 1],
    [-t, 0, -1],
    [-t, 0, 1],
  ])
    add(x, y, z);
  // prettier-ignore
  let indices = [
    0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1, 8,
    3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1,
  ];
  for (let level = 0; level < subdivisions; level++) {
    const middles = new Map<number, number>();
    const middle = (a: number, b: number): number => {
      const key = Math.min(a, b) * 65536 + Math.max(a, b);
      const known = middles.get(key);
      if (known !== undefined) return known;
      const made = add(
        positions[a * 3] + positions[b * 3],
        positions[a * 3 + 1] + positions[b * 3 + 1],
        positions[a * 3 + 2] + positions[b * 3 + 2],
      );
      middles.set(key, made);
      return made;
    };
    const finer: number[] = [];
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [indices[i], indices[i + 1], indices[i + 2]];
      const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
      finer.push(a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca);
    }
    indices = finer;
  }
  return { positions, indices };
}

/** A boulder of radius about 1: lumps, ridges and craters from `seed`. */
export function rock(seed: number, subdivisions: number): MeshParts {
  const ball = icosphere(subdivisions);
  const craters = craterField(seed);
  const count = ball.positions.length / 3;
  const positions: number[] = [];
  const colors: number[] = [];
  for (let i = 0; i < count; i++) {
    const x = ball.positions[i * 3];
    const y = ball.positions[i * 3 + 1];
    const z = ball.positions[i * 3 + 2];
    const o = seed * 17.3;
    const lumps = noise3(x * 1.1 + o, y * 1.1, z * 1.1) - 0.5;
    const ridges = 1 - Math.abs(noise3(x * 2.3 + o, y * 2.3 + 5, z * 2.3) * 2 - 1);
    const grain = noise3(x * 6 + o, y * 6, z * 6 + 9) - 0.5;
    let radius = 0.86 + lumps * 0.75 + ridges * 0.16 + grain * 0.07;
    let depth = 0;
    for (const c of craters) {
      const d = Math.acos(Math.min(1, x * c.x + y * c.y + z * c.z)) / c.size;
      if (d < 1) {
        radius -= c.depth * (1 - d * d);
        depth = Math.max(depth, 1 - d * d);
      } else if (d < 1.35) radius += c.depth * 0.35 * (1 - (d - 1) / 0.35);
    }
    positions.push(x * radius, y * radius * 0.82, z * radius);
    const bright = Math.min(Math.max(0.25 + ridges * 0.5 + grain * 0.6, 0), 1);
    const mineral = Math.min(Math.max((noise3(x * 1.9, y * 1.9 + o, z * 1.9) - 0.4) * 3, 0), 1);
    colors.push(bright * 255, mineral * 255, 0, depth * 200);
  }
  return { positions, normals: smoothNormals(positions, ball.indices), colors, indices: ball.indices };
}

function craterField(seed: number): { x: number; y: number; z: number; size: number; depth: number }[] {
  const craters = [];
  for (let i = 0; i < 7; i++) {
    const a = noise3(seed * 3.1 + i * 7.7, 1, 2) * 12.6;
    const h = noise3(seed * 5.3 + i * 3.9, 4, 8) * 2 - 1;
    const r = Math.sqrt(1 - h * h);
    const size = 0.22 + 0.4 * noise3(seed + i * 1.7, 9, 3);
    craters.push({ x: Math.cos(a) * r, y: h, z: Math.sin(a) * r, size, depth: size * 0.26 });
  }
  return craters;
}

export function smoothNormals(positions: readonly number[], indices: readonly number[]): number[] {
  const normals = Array.from<number>({ length: positions.length }).fill(0);
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [indices[i] * 3, indices[i + 1] * 3, indices[i + 2] * 3];
    const ux = positions[b] - positions[a];
    const uy = positions[b + 1] - positions[a + 1];
    const uz = positions[b + 2] - positions[a + 2];
    const vx = positions[c] - positions[a];
    const vy = positions[c + 1] - positions[a + 1];
    const vz = positions[c + 2] - positions[a + 2];
    for (const corner of [a, b, c]) {
      normals[corner] += uy * vz - uz * vy;
      normals[corner + 1] += uz * vx - ux * vz;
      normals[corner + 2] += ux * vy - uy * vx;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    normals[i] /= length;
    normals[i + 1] /= length;
    normals[i + 2] /= length;
  }
  return normals;
}
