/** Round trips remembered; the fastest of them tells the clock best. */
const ROUND_TRIP_COUNT = 8;

/** What the server's clock shows, from Pongs (true time) and from snapshots (what has arrived). */
export class ServerClock {
  rttMs = Number.NaN;
  /** Server's Unix time minus local time. */
  offsetMs = 0;
  private arrivalOffsetMs = Number.NaN;
  private readonly trips: { rtt: number; offset: number }[] = [];

  pong(sentAt: number, serverTime: number, now: number): void {
    const rtt = Math.max(0, now - sentAt);
    this.rttMs = Number.isNaN(this.rttMs) ? rtt : this.rttMs + (rtt - this.rttMs) / 8;
    this.trips.push({ rtt, offset: serverTime + rtt / 2 - now });
    if (this.trips.length > ROUND_TRIP_COUNT) this.trips.shift();
    this.offsetMs = this.trips.reduce((best, each) => (each.rtt <= best.rtt ? each : best)).offset;
  }

  snapshot(serverTime: number, now: number): void {
    const offset = serverTime - now;
    if (Number.isNaN(this.arrivalOffsetMs) || Math.abs(offset - this.arrivalOffsetMs) > 1000) {
      this.arrivalOffsetMs = offset;
    } else {
      // Towards the fastest arrivals quickly, towards slower ones slowly: a late frame must not move the picture back.
      this.arrivalOffsetMs += (offset - this.arrivalOffsetMs) * (offset > this.arrivalOffsetMs ? 0.2 : 0.01);
    }
    if (this.trips.length === 0) this.offsetMs = this.arrivalOffsetMs;
  }

  /** The newest server time that snapshots can be expected to have told about. */
  arrivedMs(now: number): number {
    return now + (Number.isNaN(this.arrivalOffsetMs) ? this.offsetMs : this.arrivalOffsetMs);
  }

  /** After a reconnect another path may lead to another server. */
  reset(): void {
    this.trips.length = 0;
    this.arrivalOffsetMs = Number.NaN;
  }
}

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
