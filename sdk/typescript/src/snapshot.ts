import { ByteReader } from './bytes.js';

/** A snapshot, with what its head left out because an earlier one told it. */
export interface Snapshot {
  readonly tick: number;
  readonly ackSeq: number;
  /** Unix milliseconds at which the tick was simulated. */
  readonly serverTime: number;
  readonly cellEpoch: bigint;
  /** Simulated time per real time. */
  readonly dilation: number;
  /** How far the world has stepped down: 0 not at all, 1 opportunistic systems do not run, 2 rings but the nearest come half as often, 3 the heaviest cell splits. */
  readonly shed: number;
  readonly avatar: bigint;
  readonly ownership: number;
  readonly regionA: number;
  readonly regionB: number;
  readonly layer: number;
  /** Nothing before it is needed. */
  readonly keyframe: boolean;
  /** The records. */
  readonly payload: Uint8Array;
}

const MARK = 1;
const KEYFRAME = 1 << 1;
const CELL = 1 << 2;
const PACE = 1 << 3;
const TIME = 1 << 4;
const COMPLETE = CELL | PACE | TIME;

/** Whether a message is a snapshot: an Envelope begins with a multiple of four. */
export function isSnapshot(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & MARK) !== 0;
}

/** Reads the heads of snapshots, each of which leaves out what the earlier ones told. One per connection. */
export class SnapshotReader {
  private last: Omit<Snapshot, 'keyframe' | 'payload'> | undefined;

  constructor(private readonly simulationHz: number) {}

  /** @throws MalformedBytesError when it is none, or needs an earlier one that never came */
  read(bytes: Uint8Array): Snapshot {
    const input = new ByteReader(bytes);
    const flags = input.u8();
    if ((flags & MARK) === 0 || (flags & ~(MARK | KEYFRAME | COMPLETE)) !== 0) {
      throw input.malformed(`flags ${flags} begin no snapshot`);
    }
    const tickOrStep = input.varuint();
    const ack = input.varuint();
    const keyframe = (flags & KEYFRAME) !== 0;
    const { last } = this;
    if ((flags & COMPLETE) !== COMPLETE && (keyframe || last === undefined)) {
      throw input.malformed(`a ${keyframe ? 'keyframe' : 'first snapshot'} leaves out cell, pace or time`);
    }
    const tick = (flags & CELL) !== 0 ? tickOrStep : (last!.tick + tickOrStep) >>> 0;
    const cell =
      (flags & CELL) !== 0 ? { ackSeq: ack, ...readCell(input) } : { ...last!, ackSeq: (last!.ackSeq + ack) >>> 0 };
    const pace = (flags & PACE) !== 0 ? readPace(input) : { dilation: last!.dilation, shed: last!.shed };
    const serverTime = (flags & TIME) !== 0 ? input.f64() : this.expectedTime(last!, tick, pace.dilation);
    if (!Number.isFinite(serverTime)) throw input.malformed(`a server time of ${serverTime}`);
    this.last = { ...cell, ...pace, tick, serverTime };
    return { ...this.last, keyframe, payload: bytes.subarray(input.position) };
  }

  private expectedTime(last: { tick: number; serverTime: number }, tick: number, dilation: number): number {
    return last.serverTime + ((tick - last.tick) | 0) * (1000 / (this.simulationHz * dilation));
  }
}

function readCell(input: ByteReader) {
  return {
    regionA: input.varint(),
    regionB: input.varint(),
    layer: input.u8(),
    cellEpoch: input.varulong(),
    avatar: input.varulong(),
    ownership: input.varuint(),
  };
}

function readPace(input: ByteReader) {
  const percent = input.u8();
  if (percent < 1 || percent > 100) throw input.malformed(`a dilation of ${percent} percent`);
  return { dilation: percent / 100, shed: input.u8() };
}
