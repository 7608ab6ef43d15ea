/** Four shader masks of a surface, each 0 to 1: brightness, paint, glow, gloss (see glsl/craft.ts). */
export type Mask = readonly [number, number, number, number];
export type Point = readonly [number, number, number];

/** A ring of a loft: at `x` along the nose, half as wide and high as given, lifted by `y`, shifted aside by `z`. */
export interface Ring {
  x: number;
  width: number;
  height: number;
  y?: number;
  z?: number;
}

/** Collects flat-shaded triangles: hard edges catch the light and make a silhouette readable from afar. Nose +x, up +y. */
export class Sketch {
  readonly positions: number[] = [];
  readonly normals: number[] = [];
  readonly colors: number[] = [];
  readonly indices: number[] = [];

  triangle(a: Point, b: Point, c: Point, mask: Mask): void {
    const ux = b[0] - a[0];
    const uy = b[1] - a[1];
    const uz = b[2] - a[2];
    const vx = c[0] - a[0];
    const vy = c[1] - a[1];
    const vz = c[2] - a[2];
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    const length = Math.hypot(nx, ny, nz);
    if (length < 1e-9) return;
    for (const p of [a, b, c]) {
      this.indices.push(this.positions.length / 3);
      this.positions.push(p[0], p[1], p[2]);
      this.normals.push(nx / length, ny / length, nz / length);
      this.colors.push(mask[0] * 255, mask[1] * 255, mask[2] * 255, mask[3] * 255);
    }
  }

  quad(a: Point, b: Point, c: Point, d: Point, mask: Mask): void {
    this.triangle(a, b, c, mask);
    this.triangle(a, c, d, mask);
  }

  /** A body along x through elliptic rings, from nose to tail; both ends closed, the tail with `tailMask`. */
  loft(rings: readonly Ring[], sides: number, mask: Mask, tailMask: Mask = mask): void {
    const loops = rings.map((ring) => loop(ring, sides));
    for (let r = 0; r + 1 < loops.length; r++) {
      for (let s = 0; s < sides; s++) {
        const t = (s + 1) % sides;
        this.quad(loops[r][s], loops[r + 1][s], loops[r + 1][t], loops[r][t], mask);
      }
    }
    this.cap(loops[0], mask, false);
    this.cap(loops[loops.length - 1], tailMask, true);
  }

  /** A plate: an outline in x and z, given counter-clockwise seen from above, between two heights that may differ per corner. */
  plate(
    outline: readonly (readonly [number, number])[],
    y: number,
    thickness: number,
    mask: Mask,
    lift: readonly number[] = [],
  ): void {
    const top: Point[] = outline.map(([x, z], i) => [x, y + thickness / 2 + (lift[i] ?? 0), z]);
    const bottom: Point[] = outline.map(([x, z], i) => [x, y - thickness / 2 + (lift[i] ?? 0), z]);
    for (let i = 1; i + 1 < top.length; i++) {
      this.triangle(top[0], top[i], top[i + 1], mask);
      this.triangle(bottom[0], bottom[i + 1], bottom[i], mask);
    }
    for (let i = 0; i < top.length; i++) {
      const j = (i + 1) % top.length;
      this.quad(top[i], bottom[i], bottom[j], top[j], mask);
    }
  }

  box(x: number, y: number, z: number, sx: number, sy: number, sz: number, mask: Mask): void {
    const outline: [number, number][] = [
      [x - sx, z + sz],
      [x + sx, z + sz],
      [x + sx, z - sz],
      [x - sx, z - sz],
    ];
    this.plate(outline, y, sy * 2, mask);
  }

  /** Draws both sides of the keel: once as given, once mirrored in z. */
  both(draw: (part: Sketch) => void): void {
    const part = new Sketch();
    draw(part);
    this.add(part, 1);
    this.add(part, -1);
  }

  private add(part: Sketch, side: 1 | -1): void {
    for (let i = 0; i < part.positions.length; i += 9) {
      const p = part.positions;
      const mask: Mask = [
        part.colors[(i / 3) * 4] / 255,
        part.colors[(i / 3) * 4 + 1] / 255,
        part.colors[(i / 3) * 4 + 2] / 255,
        part.colors[(i / 3) * 4 + 3] / 255,
      ];
      const a: Point = [p[i], p[i + 1], p[i + 2] * side];
      const b: Point = [p[i + 3], p[i + 4], p[i + 5] * side];
      const c: Point = [p[i + 6], p[i + 7], p[i + 8] * side];
      if (side === 1) this.triangle(a, b, c, mask);
      else this.triangle(a, c, b, mask);
    }
  }

  private cap(points: readonly Point[], mask: Mask, tail: boolean): void {
    for (let i = 1; i + 1 < points.length; i++) {
      if (tail) this.triangle(points[0], points[i + 1], points[i], mask);
      else this.triangle(points[0], points[i], points[i + 1], mask);
    }
  }
}

function loop(ring: Ring, sides: number): Point[] {
  const points: Point[] = [];
  for (let s = 0; s < sides; s++) {
    const angle = ((s + 0.5) / sides) * 2 * Math.PI;
    points.push([ring.x, (ring.y ?? 0) + Math.cos(angle) * ring.height, (ring.z ?? 0) + Math.sin(angle) * ring.width]);
  }
  return points;
}
