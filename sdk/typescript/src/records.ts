import { ByteReader } from './bytes.js';
import type { RegionId } from './partition.js';

/** Which slice: the cell (region and layer), the chunk in it, the part of the chunk. */
export interface SliceAddress {
  readonly region: RegionId;
  readonly layer: number;
  readonly chunk: number;
  readonly part: number;
}

/** One record of a snapshot's payload; `body` is what follows its head. A delta's ends where its changes end: they are to be read before the next record. */
export type SnapshotRecord =
  | { kind: 'delta'; number: number; base: number; step: number; age: number; parts: number; body: ByteReader }
  | { kind: 'keyframe'; address: SliceAddress; number: number; seq: number; age: number; body: ByteReader }
  | { kind: 'forget'; address: SliceAddress }
  | { kind: 'self'; body: ByteReader }
  | { kind: 'self-changes'; body: ByteReader }
  | { kind: 'events'; body: ByteReader }
  | { kind: 'input-margin'; millis: number };

const DELTA = 1;
const RARE = 1 << 1;
const RELATIVE = 1 << 2;
const BASE_SHIFT = 3;
/** Of the version that a delta applies to, so much is told. */
export const BASE_MASK = 0x1f;
const STEP_AND_AGE = 1 << 4;
const STEP_SHIFT = 5;
const PART_CHANGED = 4;

/** Walks through a snapshot's payload; records of unknown kinds are skipped. */
export function* readRecords(payload: Uint8Array): Generator<SnapshotRecord> {
  const input = new ByteReader(payload);
  let number = -1;
  while (input.remaining > 0) {
    if ((payload[input.position]! & DELTA) !== 0) {
      const delta = readDelta(input, number);
      number = delta.number;
      yield delta;
      continue;
    }
    const header = input.varuint();
    const body = input.slice(header >>> 4);
    switch ((header >>> 1) & 7) {
      case 1: {
        const address = readAddress(body, true);
        number = body.varuint();
        yield { kind: 'keyframe', address, number, seq: body.varuint(), age: body.varuint(), body };
        break;
      }
      case 2:
        yield { kind: 'forget', address: readAddress(body, false) };
        break;
      case 3:
        yield { kind: 'self', body };
        break;
      case 4:
        yield { kind: 'events', body };
        break;
      case 5:
        yield { kind: 'self-changes', body };
        break;
      case 6:
        yield { kind: 'input-margin', millis: body.varint() };
        break;
    }
  }
}

function readDelta(input: ByteReader, before: number): SnapshotRecord & { kind: 'delta' } {
  const first = input.u8();
  const isRelative = (first & RELATIVE) !== 0;
  if (isRelative && before < 0) throw input.malformed('the first slice of a snapshot has no number of its own');
  const number = isRelative ? before + input.varint() : input.varuint();
  if (number < 0) throw input.malformed(`a slice cannot be number ${number}`);
  let parts = PART_CHANGED;
  let step = 1;
  let age = 0;
  if ((first & RARE) !== 0) {
    const rare = input.u8();
    parts = rare & (STEP_AND_AGE - 1);
    step = (rare >>> STEP_SHIFT) + 1;
    if ((rare & STEP_AND_AGE) !== 0) {
      step = input.varuint();
      age = input.varuint();
    }
  }
  return { kind: 'delta', number, base: first >>> BASE_SHIFT, step, age, parts, body: input };
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
