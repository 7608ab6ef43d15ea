/** Counts what happened in the last while, a second unless told otherwise. */
export class Rate {
  private readonly entries: { at: number; amount: number }[] = [];

  constructor(private readonly windowMs = 1000) {}

  add(amount: number, now: number): void {
    this.entries.push({ at: now, amount });
    this.expire(now);
  }

  perSecond(now: number): number {
    this.expire(now);
    return (this.entries.reduce((sum, each) => sum + each.amount, 0) * 1000) / this.windowMs;
  }

  /** How many there were in it. */
  count(now: number): number {
    this.expire(now);
    return this.entries.length;
  }

  /** The largest of the while; 0 without any. */
  max(now: number): number {
    this.expire(now);
    return this.entries.reduce((max, each) => Math.max(max, each.amount), 0);
  }

  private expire(now: number): void {
    while (this.entries.length > 0 && this.entries[0]!.at <= now - this.windowMs) this.entries.shift();
  }
}
