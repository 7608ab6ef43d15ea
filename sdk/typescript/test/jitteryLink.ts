/** A connection as players have them, by seed: times are real milliseconds, the client's clock shows them as they are. */
export interface LinkSpec {
  /** The way there and the way back without anything in between. */
  readonly latencyMs: number;
  /** Each message takes up to so much longer, evenly spread. */
  readonly jitterMs: number;
  /** Nothing arrives for so long, then all of it at once; each way for itself. */
  readonly stallMs: number;
  /** On average, from one stall to the next. */
  readonly stallEveryMs: number;
  /** What the server's clock shows at real time 0. */
  readonly offsetMs: number;
  /** How many millionths the server's clock is fast. */
  readonly driftPpm: number;
}

/** 20 ms of jitter each way and now and then a stall: what the clock and the playback are made for. */
export const JITTERY: LinkSpec = {
  latencyMs: 40,
  jitterMs: 20,
  stallMs: 300,
  stallEveryMs: 10_000,
  offsetMs: 1_700_000_000_000,
  driftPpm: 0,
};

/** 0 to 1, the same row for the same seed. Mulberry32 by Tommy Ettinger. */
export function randoms(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One direction. Like a WebSocket it keeps the order: whoever was sent later never arrives before. */
class Way {
  /** When it stood still, as far as messages noticed: from, until. */
  readonly stalls: [number, number][] = [];
  private lastArrival = Number.NEGATIVE_INFINITY;
  private stallFrom: number;

  constructor(
    private readonly spec: LinkSpec,
    private readonly random: () => number,
  ) {
    this.stallFrom = this.pause();
  }

  arrival(sentAt: number): number {
    const { latencyMs, jitterMs, stallMs } = this.spec;
    let at = sentAt + latencyMs + this.random() * jitterMs;
    while (at >= this.stallFrom + stallMs) this.stallFrom += stallMs + this.pause();
    if (at >= this.stallFrom) {
      at = this.stallFrom + stallMs;
      if (this.stalls.at(-1)?.[1] !== at) this.stalls.push([this.stallFrom, at]);
    }
    this.lastArrival = Math.max(this.lastArrival, at);
    return this.lastArrival;
  }

  private pause(): number {
    return this.spec.stallEveryMs * 2 * this.random();
  }
}

/** Both directions and the server's clock. */
export class JitteryLink {
  private readonly there: Way;
  private readonly back: Way;

  constructor(
    seed: number,
    private readonly spec: LinkSpec = JITTERY,
  ) {
    const random = randoms(seed);
    this.there = new Way(spec, random);
    this.back = new Way(spec, random);
  }

  serverTime(at: number): number {
    return this.spec.offsetMs + at * (1 + this.spec.driftPpm / 1e6);
  }

  /** Whether something stood still in the last so many milliseconds. */
  stalled(at: number, withinMs: number): boolean {
    return [this.there, this.back].some((way) => way.stalls.some(([from, to]) => at >= from && at <= to + withinMs));
  }

  /** When the server gets what the client sent. */
  reachesAt(sentAt: number): number {
    return this.there.arrival(sentAt);
  }

  /** When the client hears what the server said. */
  heardAt(saidAt: number): number {
    return this.back.arrival(saidAt);
  }

  /** A ping and its pong; the server answers at once. */
  trip(sentAt: number): { sentAt: number; serverTime: number; receivedAt: number } {
    const answeredAt = this.there.arrival(sentAt);
    return { sentAt, serverTime: this.serverTime(answeredAt), receivedAt: this.back.arrival(answeredAt) };
  }
}

/** The value below which so much of all lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
