/** An input is to come so early for its tick: less, and the next one may be too late. */
const WANTED_MS = 12;
/** What is earlier than this beyond what is wanted is given back, slowly: what was late once is often late again. */
const SPARE_MS = 8;
const GIVEN_BACK_MS_MAX = 3;
const RESERVE_MS_MAX = 200;
/** More than this at a time is not added: the next report tells whether it was enough. */
const ADDED_MS_MAX = 40;
/** So late is a connection that stood still. No reserve would have helped, so it is no reason for one, unless it lasts. */
const STALL_MS = 120;
const STALL_REPORTS_MAX = 3;
/** How much faster or slower than real time the own avatar lives until it is where it should be. */
const SPEED_CHANGE_MAX = 0.05;
/** Farther off than this no speed would help soon. */
const JUMP_MS = 250;

/**
 * How far ahead of the server the own avatar lives: so far that each input comes just in time for the tick that it is for. docs/NETCODE.md explains it.
 *
 * What snapshots are expected to have arrived by now, and the fastest round trip, tell which moment of the server an input that is sent now will meet. A reserve comes on top,
 * for those that are slower. How much of it is needed, the server tells: the least margin that inputs had.
 */
export class Lead {
  /** Milliseconds beyond the fastest round trip. */
  reserveMs = WANTED_MS;
  private lateReports = 0;
  private believedFrom = Number.NEGATIVE_INFINITY;
  private shownMs = Number.NaN;
  private shownAt = 0;

  /**
   * The server's time for which to act now. It does not run backwards, unless it has to jump.
   *
   * @param arrivedMs the server's time that snapshots are expected to have told about by now
   * @param roundTripMs the fastest there can be
   */
  serverTimeMs(arrivedMs: number, roundTripMs: number, now: number): number {
    const goal = arrivedMs + roundTripMs + this.reserveMs;
    const elapsed = Math.max(0, now - this.shownAt);
    const away = goal - this.shownMs - elapsed;
    if (!(Math.abs(away) <= JUMP_MS)) this.shownMs = goal;
    else this.shownMs += elapsed + Math.min(SPEED_CHANGE_MAX * elapsed, Math.max(-SPEED_CHANGE_MAX * elapsed, away));
    this.shownAt = Math.max(this.shownAt, now);
    return this.shownMs;
  }

  /**
   * The server tells how early inputs were.
   *
   * @param millis the least of the last while; negative: too late
   */
  margin(millis: number, roundTripMs: number, now: number): void {
    if (now < this.believedFrom) return; // it is of inputs from before the last change
    this.lateReports = millis < -STALL_MS ? this.lateReports + 1 : 0;
    if (millis < -STALL_MS && this.lateReports < STALL_REPORTS_MAX) return;
    const before = this.reserveMs;
    if (millis < WANTED_MS) this.reserveMs += Math.min(WANTED_MS - millis, ADDED_MS_MAX);
    else if (millis > WANTED_MS + SPARE_MS) this.reserveMs -= Math.min((millis - WANTED_MS) / 8, GIVEN_BACK_MS_MAX);
    this.reserveMs = Math.min(RESERVE_MS_MAX, Math.max(0, this.reserveMs));
    if (this.reserveMs > before) this.believedFrom = now + roundTripMs + 500 + (this.reserveMs - before) / SPEED_CHANGE_MAX;
  }

  /** @param jitterMs by how much round trips differ */
  reset(jitterMs: number): void {
    this.reserveMs = Math.min(RESERVE_MS_MAX, WANTED_MS + 2 * jitterMs);
    this.lateReports = 0;
    this.believedFrom = Number.NEGATIVE_INFINITY;
  }
}
