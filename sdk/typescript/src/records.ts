import { ByteReader } from './bytes.js';
import type { RegionId } from './partition.js';

/** Which slice: the cell (region and layer), the chunk in it, the part of the chunk. */
export interface SliceAddress {
  readonly region: RegionId;
  readonly layer: number;
  readonly chunk: number;
  readonly part: number;
}

/** One record of a snapshot's payload; `body` is what follows its head. */
export type SnapshotRecord =
  | { kind: 'delta'; address: SliceAddress; baseSeq: number; seq: number; age: number; body: ByteReader }
  | { kind: 'keyframe'; address: SliceAddress; seq: number; age: number; body: ByteReader }
  | { kind: 'forget'; address: SliceAddress }
  | { kind: 'self'; body: ByteReader }
  | { kind: 'events'; body: ByteReader };

/** Walks through a snapshot's payload; records of unknown kinds are skipped. */
export function* readRecords(payload: Uint8Array): Generator<SnapshotRecord> {
  const input = new ByteReader(payload);
  while (input.remaining > 0) {
    const header = input.varuint();
    const body = input.slice(header >>> 3);
    switch (header & 7) {
      case 0: {
        const address = readAddress(body, true);
        const baseSeq = body.varuint();
        yield { kind: 'delta', address, baseSeq, seq: baseSeq + body.varuint(), age: body.varuint(), body };
        break;
      }
      case 1:
        yield { kind: 'keyframe', address: readAddress(body, true), seq: body.varuint(), age: body.varuint(), body };
        break;
      case 2:
        yield { kind: 'forget', address: readAddress(body, false) };
        break;
      case 3:
        yield { kind: 'self', body };
        break;
      case 4:
        yield { kind: 'events', body };
        break;
    }
  }
}

/** Two slices are the same exactly if their keys are. */
export function sliceKey(address: SliceAddress): string {
  return `${chunkKey(address)}.${address.part}`;
}

/** The chunk without the part. */
export function chunkKey({ region, layer, chunk }: SliceAddress): string {
  return `${region.a},${region.b}#${layer}/${chunk}`;
}

function readAddress(body: ByteReader, withPart: boolean): SliceAddress {
  return {
    region: { a: body.varint(), b: body.varint() },
    layer: body.varuint(),
    chunk: body.varuint(),
    part: withPart ? body.varuint() : 0,
  };
}
