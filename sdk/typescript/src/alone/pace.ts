/** After a longer pause than so many ticks the world goes on where it was: it does not catch up. */
const CATCH_UP_TICKS_MAX = 5;

/** Which tick it is, by the time that passes while somebody looks. */
export class Pace {
  /** The last tick that has begun. */
  tick = 0;
  private startedAt = 0;
  private running = false;

  constructor(
    readonly tickMs: number,
    private readonly now: () => number,
  ) {}

  start(): void {
    this.startedAt = this.now();
  }

  /** The tick, with its fraction, that is drawn: between the last two. */
  get shownTick(): number {
    return Math.min(this.tick, Math.max(0, (this.now() - this.startedAt) / this.tickMs - 1));
  }

  /** Whoever is told of a tick may ask where something is: that does not begin the next one. */
  run(step: (tick: number) => void): void {
    if (this.running) return;
    const due = Math.floor((this.now() - this.startedAt) / this.tickMs);
    const late = due - this.tick - CATCH_UP_TICKS_MAX;
    if (late > 0) this.startedAt += late * this.tickMs;
    this.running = true;
    try {
      for (let left = Math.min(due - this.tick, CATCH_UP_TICKS_MAX); left > 0; left--) step(++this.tick);
    } finally {
      this.running = false;
    }
  }
}
