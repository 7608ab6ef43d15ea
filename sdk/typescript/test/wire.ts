/** Writes payloads for tests, as a cell and a gateway would; the little schema has one component with x, y on a grid of 1. */
export class Bytes {
  private readonly out: number[] = [];

  u8(...values: number[]): this {
    this.out.push(...values);
    return this;
  }

  varuint(value: number | bigint): this {
    let rest = BigInt(value);
    while (rest > 0x7fn) {
      this.out.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    return this.u8(Number(rest));
  }

  varint(value: number): this {
    return this.varuint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  bytes(other: Uint8Array): this {
    return this.u8(...other);
  }

  done(): Uint8Array {
    return new Uint8Array(this.out);
  }
}

export const SCHEMA = {
  components: [
    {
      name: 'kit.position',
      version: 1,
      fields: (['x', 'y'] as const).map((name) => ({ name, kind: 'float' as const, ownerOnly: false, step: 1 })),
    },
    { name: 'test.link', version: 1, fields: [{ name: 'fuel', kind: 'int' as const, ownerOnly: false, step: 0 }] },
  ],
  events: [{ name: 'bang', version: 1, fields: [] }],
};

export interface Full {
  slot: number;
  id: number;
  ownership?: number;
  x: number;
  y: number;
  /** Makes it one with the component `test.link`. */
  fuel?: number;
}

export interface Changes {
  left?: [slot: number, reason: number][];
  entered?: Full[];
  /** By how much x differs. */
  changed?: [slot: number, x: number][];
  events?: number[];
}

function full(out: Bytes, { slot, id, ownership = 0, x, y, fuel }: Full): void {
  out.u8(slot).varuint(id).varuint(ownership).varuint(fuel === undefined ? 1 : 3).varint(x).varint(y);
  if (fuel !== undefined) out.varint(fuel);
}

/** Slices are named by region: (region, 0), layer 0, chunk 7, part 0; their number is that of the region. */
export function keyframe(region: number, seq: number, entities: Full[], age = 0, number = region): Uint8Array {
  const body = address(region).varuint(number).varuint(seq).varuint(age).varuint(entities.length);
  for (const each of entities) full(body, each);
  return record(1, body);
}

/** A slice for a squad, part 1 of the same chunk: what it is told of entities that are elsewhere. */
export function squadKeyframe(region: number, seq: number, fuelOf: [id: number, fuel: number][]): Uint8Array {
  const body = new Bytes().varint(region).varint(0).varuint(0).varuint(7).varuint(1);
  body.varuint(100 + region).varuint(seq).varuint(0).varuint(fuelOf.length);
  fuelOf.forEach(([id, fuel], slot) => body.u8(slot).varuint(id).varuint(0).varuint(2).varint(fuel));
  return record(1, body);
}

export function delta(region: number, baseSeq: number, changes: Changes, age = 0): Uint8Array {
  const { left = [], entered = [], changed = [], events = [] } = changes;
  const body = new Bytes().u8(3 | ((baseSeq & 31) << 3)).varuint(region);
  return changesOf(body, left, entered, changed, events, age).done();
}

function changesOf(
  body: Bytes,
  left: [slot: number, reason: number][],
  entered: Full[],
  changed: [slot: number, x: number][],
  events: number[],
  age: number,
): Bytes {
  const bit = (list: unknown[], part: number) => (list.length > 0 ? part : 0);
  body.u8(16 | bit(left, 1) | bit(entered, 2) | bit(changed, 4) | bit(events, 8)).varuint(1).varuint(age);
  if (left.length > 0) body.varuint(left.length);
  for (const each of left) body.u8(...each);
  if (entered.length > 0) body.varuint(entered.length);
  for (const each of entered) full(body, each);
  // Each in a group of its own: fields x, slots a list of one.
  changed.forEach(([slot, x], i) => body.varuint((1 << 2) | (i + 1 < changed.length ? 1 : 0)).u8(slot).varint(x));
  return events.length > 0 ? body.varuint(events.length).u8(...events) : body;
}

export function forget(region: number): Uint8Array {
  return record(2, new Bytes().varint(region).varint(0).varuint(0).varuint(7));
}

function address(region: number): Bytes {
  return new Bytes().varint(region).varint(0).varuint(0).varuint(7).varuint(0);
}

function record(kind: number, body: Bytes): Uint8Array {
  const bytes = body.done();
  return new Bytes().varuint(bytes.length * 16 + kind * 2).bytes(bytes).done();
}
