/** Counts per second over the last second or so. */
export class Rate {
  private readonly entries: { at: number; amount: number }[] = [];

  add(amount: number, now: number): void {
    this.entries.push({ at: now, amount });
    this.expire(now);
  }

  perSecond(now: number): number {
    this.expire(now);
    return this.entries.reduce((sum, each) => sum + each.amount, 0);
  }

  private expire(now: number): void {
    while (this.entries.length > 0 && this.entries[0]!.at <= now - 1000) this.entries.shift();
  }
}
