export interface RegionId {
  readonly a: number;
  readonly b: number;
}

/** How the world's plane is cut into regions: the same maths as the server's. */
export interface Partition {
  readonly kind: 'strip' | 'hex' | 'single';
  /** World coordinates of the point from which a region's local offsets are measured. */
  originX(region: RegionId): number;
  originY(region: RegionId): number;
  regionAt(x: number, y: number): RegionId;
  contains(region: RegionId): boolean;
  regions(): RegionId[];
  neighbours(region: RegionId): RegionId[];
  /** Corners in world coordinates, x and y in turn, counter-clockwise. */
  outline(region: RegionId): number[];
}

/**
 * The sides of a region with nothing behind them, the rim of the world: of each the outward normal x, y and the distance from the region's
 * origin, in metres. What a movement rule is told of a place.
 */
export function openSides(partition: Partition, region: RegionId): Float32Array {
  const corners = partition.outline(region);
  const open: number[] = [];
  for (let i = 0; i < corners.length; i += 2) {
    const [x, y] = [corners[i]!, corners[i + 1]!];
    const alongX = corners[(i + 2) % corners.length]! - x;
    const alongY = corners[(i + 3) % corners.length]! - y;
    const length = Math.sqrt(alongX * alongX + alongY * alongY);
    const [normalX, normalY] = [alongY / length, -alongX / length]; // outward, because corners run counter-clockwise
    const [middleX, middleY] = [x + alongX / 2, y + alongY / 2];
    const beyond = partition.regionAt(middleX + normalX, middleY + normalY);
    if (beyond.a !== region.a || beyond.b !== region.b) continue;
    open.push(normalX, normalY, (middleX - partition.originX(region)) * normalX + (middleY - partition.originY(region)) * normalY);
  }
  return new Float32Array(open);
}

/** Reads `Welcome.partition`, for example `hex;columns=4;rows=4;radius=256.0`. */
export function parsePartition(description: string): Partition {
  const [kind, ...parts] = description.split(';');
  const values = new Map(parts.map((part) => part.split('=', 2) as [string, string]));
  const number = (key: string): number => {
    const value = Number(values.get(key) ?? Number.NaN);
    if (!(value > 0)) throw new Error(`partition '${description}': ${key} must be a positive number`);
    return value;
  };
  switch (kind) {
    case 'strip':
      return new StripPartition(number('count'), number('width'), number('depth'));
    case 'hex':
      return new HexPartition(number('columns'), number('rows'), number('radius'));
    case 'single':
      return new SinglePartition(number('width'), number('depth'));
    default:
      throw new Error(`partition '${description}': this client knows strip, hex and single`);
  }
}

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

function rectangle(x: number, y: number, width: number, depth: number): number[] {
  const [left, right, low, high] = [x - width / 2, x + width / 2, y - depth / 2, y + depth / 2];
  return [left, low, right, low, right, high, left, high];
}

class StripPartition implements Partition {
  readonly kind = 'strip';

  constructor(
    private readonly count: number,
    private readonly width: number,
    private readonly depth: number,
  ) {}

  originX(region: RegionId): number {
    return (region.a + 0.5) * this.width;
  }

  originY(): number {
    return 0;
  }

  regionAt(x: number): RegionId {
    let index = clamp(Math.floor(x / this.width), 0, this.count - 1);
    // The division rounds: without this a position one ulp before a border could land behind it.
    if (index > 0 && x < index * this.width) index--;
    else if (index < this.count - 1 && x >= (index + 1) * this.width) index++;
    return { a: index, b: 0 };
  }

  contains(region: RegionId): boolean {
    return region.b === 0 && region.a >= 0 && region.a < this.count;
  }

  regions(): RegionId[] {
    return Array.from({ length: this.count }, (_, a) => ({ a, b: 0 }));
  }

  neighbours(region: RegionId): RegionId[] {
    return [region.a - 1, region.a + 1].map((a) => ({ a, b: 0 })).filter((each) => this.contains(each));
  }

  outline(region: RegionId): number[] {
    return rectangle(this.originX(region), 0, this.width, this.depth);
  }
}

const SQRT_3 = Math.sqrt(3);
const STEPS: readonly (readonly [number, number])[] = [[1, 0], [0, 1], [-1, 1], [-1, 0], [0, -1], [1, -1]];

/** A field of hexagons with a corner up, axial coordinates (a = q, b = r = row), odd rows half a hexagon to the right. */
class HexPartition implements Partition {
  readonly kind = 'hex';

  constructor(
    private readonly columns: number,
    private readonly rows: number,
    private readonly radius: number,
  ) {}

  originX(region: RegionId): number {
    return this.radius * SQRT_3 * (region.a + region.b * 0.5);
  }

  originY(region: RegionId): number {
    return this.radius * 1.5 * region.b;
  }

  regionAt(x: number, y: number): RegionId {
    const q = (x * SQRT_3 - y) / (3 * this.radius);
    const r = y / (1.5 * this.radius);
    const s = -q - r;
    let roundQ = Math.floor(q + 0.5);
    let roundR = Math.floor(r + 0.5);
    const roundS = Math.floor(s + 0.5);
    const [errorQ, errorR, errorS] = [Math.abs(roundQ - q), Math.abs(roundR - r), Math.abs(roundS - s)];
    // The three must add up to 0: the one that was rounded most follows from the others.
    if (errorQ > errorR && errorQ > errorS) roundQ = -roundR - roundS;
    else if (errorR > errorS) roundR = -roundQ - roundS;
    const found = { a: roundQ + 0, b: roundR + 0 }; // no negative zero
    return this.contains(found) ? found : this.nearest(x, y);
  }

  contains(region: RegionId): boolean {
    const column = region.a + (region.b >> 1);
    return region.b >= 0 && region.b < this.rows && column >= 0 && column < this.columns;
  }

  regions(): RegionId[] {
    return Array.from({ length: this.rows }, (_, row) =>
      Array.from({ length: this.columns }, (_, column) => ({ a: column - (row >> 1), b: row })),
    ).flat();
  }

  neighbours(region: RegionId): RegionId[] {
    return STEPS.map(([q, r]) => ({ a: region.a + q, b: region.b + r })).filter((each) => this.contains(each));
  }

  outline(region: RegionId): number[] {
    const x = this.originX(region);
    const y = this.originY(region);
    const side = (SQRT_3 / 2) * this.radius;
    const shoulder = this.radius / 2;
    return [
      ...[x + side, y - shoulder, x + side, y + shoulder, x, y + this.radius],
      ...[x - side, y + shoulder, x - side, y - shoulder, x, y - this.radius],
    ];
  }

  /** For positions beyond the field; the lower row wins a tie. */
  private nearest(x: number, y: number): RegionId {
    const width = SQRT_3 * this.radius;
    let best = { distance: Number.POSITIVE_INFINITY, column: 0, row: 0 };
    for (let row = 0; row < this.rows; row++) {
      const shift = (row & 1) * 0.5;
      const column = clamp(Math.floor(x / width - shift + 0.5), 0, this.columns - 1);
      const dx = x - (column + shift) * width;
      const dy = y - row * 1.5 * this.radius;
      const distance = dx * dx + dy * dy;
      if (distance < best.distance) best = { distance, column, row };
    }
    return { a: best.column - (best.row >> 1), b: best.row };
  }
}

class SinglePartition implements Partition {
  readonly kind = 'single';

  constructor(
    private readonly width: number,
    private readonly depth: number,
  ) {}

  originX(): number {
    return 0;
  }

  originY(): number {
    return 0;
  }

  regionAt(): RegionId {
    return { a: 0, b: 0 };
  }

  contains(region: RegionId): boolean {
    return region.a === 0 && region.b === 0;
  }

  regions(): RegionId[] {
    return [{ a: 0, b: 0 }];
  }

  neighbours(): RegionId[] {
    return [];
  }

  outline(): number[] {
    return rectangle(0, 0, this.width, this.depth);
  }
}
