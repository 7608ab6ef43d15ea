import { Highest } from './highest.js';

/** Trips whose bounds are believed: with one ping each half second, 16 s, in which a clock that is 100 ppm fast gains 1.6 ms. */
const TRIP_COUNT = 32;
/** So many pings come quickly; until their answers are here, what is shown is the estimate itself. */
const FIRST_TRIP_COUNT = 16;
const FIRST_PING_INTERVAL_MS = 125;
const PING_INTERVAL_MS = 500;
/** What is shown goes this part of the way to the estimate with each trip, so that nobody sees it move. */
const SLIDE = 0.05;
/** Farther off than this it would slide for too long, and jumps. */
const JUMP_MS = 50;
/** Bounds that contradict each other by more than this were of different clocks: one of them was set, or stood still in a sleeping machine. */
const CONTRADICTION_MS = 20;
/** A new connection may lead to a server whose clock is behind by more than this: then its time is shown, although it is earlier. */
const EARLIER_MS_MAX = 1000;

/**
 * What the server's clock shows, from answered pings. docs/NETCODE.md explains it; the client in Java has the same machine, and both give the golden answers.
 *
 * Each trip gives two bounds that are true whatever the network did: the server stamped its answer after the ping was sent and before the answer was received.
 * The fastest way there of the last trips and the fastest way back, which need not be of the same trip, leave the least room, and the offset is in its middle.
 */
export class ServerClock {
  /** Smoothed; NaN before the first Pong. */
  rttMs = Number.NaN;
  /** By how much a round trip differs from the one before it, smoothed as in RFC 3550; 0 until there are two. */
  jitterMs = 0;
  /** Server's Unix time minus local time. */
  offsetMs = 0;
  private readonly atLeast = new Highest(TRIP_COUNT);
  /** Negated: the highest of them belongs to the lowest upper bound. */
  private readonly atMost = new Highest(TRIP_COUNT);
  private tripCount = 0;
  private lastRttMs = Number.NaN;
  private pingCount = 0;
  private nextPingAt = Number.NEGATIVE_INFINITY;
  private shownMs = Number.NEGATIVE_INFINITY;

  /** Whether to ping now. Whoever asks and hears yes has to do it. */
  pingDue(now: number): boolean {
    if (now < this.nextPingAt) return false;
    this.nextPingAt = now + (this.pingCount < FIRST_TRIP_COUNT ? FIRST_PING_INTERVAL_MS : PING_INTERVAL_MS);
    this.pingCount++;
    return true;
  }

  pong(sentAt: number, serverTime: number, receivedAt: number): void {
    const rtt = Math.max(0, receivedAt - sentAt);
    const lower = serverTime - receivedAt;
    const upper = lower + rtt;
    this.measure(rtt);
    const contradiction = Math.max(lower + this.atMost.value, this.atLeast.value - upper);
    if (contradiction > CONTRADICTION_MS) this.forgetTrips();
    this.atLeast.add(lower);
    this.atMost.add(-upper);
    const estimate = (this.atLeast.value - this.atMost.value) / 2;
    const away = estimate - this.offsetMs;
    const first = this.tripCount < FIRST_TRIP_COUNT;
    if (first || Math.abs(away) > JUMP_MS) this.offsetMs = estimate;
    else this.offsetMs += away * SLIDE;
    if (this.tripCount === 0 && receivedAt + this.offsetMs < this.shownMs - EARLIER_MS_MAX) {
      this.shownMs = Number.NEGATIVE_INFINITY;
    }
    this.tripCount++;
  }

  /** A snapshot is from `serverTime`: until the first Pong, that is all that is known. */
  snapshot(serverTime: number, now: number): void {
    if (this.tripCount === 0) this.offsetMs = serverTime - now;
  }

  /** As fast as a round trip can be: the fastest way there of the last trips and the fastest way back. NaN before the first Pong. */
  get fastestRttMs(): number {
    return this.tripCount === 0 ? Number.NaN : -(this.atMost.value + this.atLeast.value);
  }

  /** Not earlier than what it returned before: it waits where a better estimate would take it back. */
  serverTimeMs(now: number): number {
    this.shownMs = Math.max(this.shownMs, now + this.offsetMs);
    return this.shownMs;
  }

  /** After a reconnect another path may lead to another server. */
  reset(): void {
    this.forgetTrips();
    this.lastRttMs = Number.NaN;
    this.nextPingAt = Number.NEGATIVE_INFINITY;
  }

  private measure(rtt: number): void {
    this.rttMs = Number.isNaN(this.rttMs) ? rtt : this.rttMs + (rtt - this.rttMs) / 8;
    if (!Number.isNaN(this.lastRttMs)) this.jitterMs += (Math.abs(rtt - this.lastRttMs) - this.jitterMs) / 16;
    this.lastRttMs = rtt;
  }

  private forgetTrips(): void {
    this.atLeast.clear();
    this.atMost.clear();
    this.tripCount = 0;
    this.pingCount = 0;
  }
}
