import { Highest } from './highest.js';

const DELAY_MS_MIN = 100;
const DELAY_MS_MAX = 200;
/** Lateness that is waited for, where snapshots are so far apart that the maximum above would leave less for it. */
const LATE_MS_MAX = 100;
/** Beyond what has been needed so far, because the next snapshot may be a little later still. */
const RESERVE_MS = 10;
/** A delay that is not needed any more goes slowly: what was late once is often late again. */
const SHRINK_MS_PER_SECOND = 10;
/** How much faster or slower than real time others are shown until the delay is what it should be. Nobody sees a twentieth. */
const SPEED_CHANGE_MAX = 0.05;
/** Farther off than this no speed would help soon. */
const JUMP_MS = 500;
/** Snapshots among which the fastest is looked for: 10 s at 20 a second. */
const ARRIVAL_COUNT = 200;

/**
 * Which moment of the past to show: late enough that the snapshots around it have come, and no later. docs/NETCODE.md explains it.
 *
 * The fastest of the last snapshots tell what server time is expected to have arrived by now. Others are shown the delay before that. The delay is as long as the snapshots
 * of the last while had to last, each until the next one came.
 */
export class Playback {
  private readonly fastest = new Highest(ARRIVAL_COUNT);
  private arrivalOffsetMs = Number.NaN;
  private wantedMs: number;
  private newestMs = Number.NaN;
  private heardAt = 0;
  private shownMs = Number.NaN;
  private shownAt = 0;
  /** No moment was shown since the first snapshot: this one may be anywhere. */
  private fresh = false;

  /** @param fixedDelayMs one that does not follow the connection */
  constructor(private readonly fixedDelayMs?: number) {
    this.wantedMs = fixedDelayMs ?? DELAY_MS_MIN;
  }

  /**
   * @param serverTime as of when it is
   * @param intervalMs until the next one, as the server means it
   */
  snapshot(serverTime: number, intervalMs: number, now: number): void {
    const offset = serverTime - now;
    if (serverTime < this.newestMs - JUMP_MS || offset > this.arrivalOffsetMs + JUMP_MS) this.reset(); // somebody set a clock
    this.fastest.add(offset);
    this.arrivalOffsetMs = this.fastest.value;
    if (Number.isNaN(this.newestMs)) {
      this.fresh = true;
      this.newestMs = serverTime;
    } else if (this.fixedDelayMs === undefined) {
      this.adapt(intervalMs, now);
    }
    this.newestMs = Math.max(this.newestMs, serverTime);
    this.heardAt = now;
  }

  /** The server's time that is expected to have arrived by now: as fast as the fastest snapshots come. NaN before the first. */
  arrivedMs(now: number): number {
    return now + this.arrivalOffsetMs;
  }

  /** The moment to show: never before the one it returned last, unless somebody set a clock. 0 before the first snapshot. */
  renderTimeMs(now: number): number {
    if (Number.isNaN(this.arrivalOffsetMs)) return 0;
    const goal = now + this.arrivalOffsetMs - this.wantedMs;
    const elapsed = Math.max(0, now - this.shownAt);
    const away = goal - this.shownMs - elapsed;
    if (Number.isNaN(away) || away > JUMP_MS || (this.fresh && away < -JUMP_MS)) {
      this.shownMs = goal;
    } else if (away >= -JUMP_MS) {
      const change = SPEED_CHANGE_MAX * elapsed;
      this.shownMs += elapsed + Math.min(change, Math.max(-change, away));
    }
    // Else it waits where it is: the picture must not run backwards.
    this.shownAt = Math.max(this.shownAt, now);
    this.fresh = false;
    return this.shownMs;
  }

  /** How far behind what is expected to have arrived others are shown now. */
  delayMs(now: number): number {
    const arrivedMs = this.arrivedMs(now);
    return Number.isNaN(arrivedMs) ? this.wantedMs : arrivedMs - this.renderTimeMs(now);
  }

  /** After a reconnect another path may lead to another server. Until its first snapshot time goes on as it did. */
  reset(): void {
    this.fastest.clear();
    this.newestMs = Number.NaN;
  }

  private adapt(intervalMs: number, now: number): void {
    const max = Math.max(DELAY_MS_MAX, intervalMs + LATE_MS_MAX);
    const needed = now + this.arrivalOffsetMs - this.newestMs + RESERVE_MS;
    const shrunk = this.wantedMs - ((now - this.heardAt) / 1000) * SHRINK_MS_PER_SECOND;
    this.wantedMs = Math.min(max, Math.max(DELAY_MS_MIN, needed, shrunk));
  }
}
