import { expect, test } from 'vitest';
import { ServerClock } from '../src/clock.js';
import { JITTERY, JitteryLink, type LinkSpec, percentile } from './jitteryLink.js';

const SEED_COUNT = 40;
const FRAME_MS = 16;

/** The way of most clients, for comparison: half of the fastest of the last trips. */
class HalfTheFastest {
  offsetMs = 0;
  private readonly trips: { rtt: number; offset: number }[] = [];

  pong(sentAt: number, serverTime: number, receivedAt: number): void {
    const rtt = receivedAt - sentAt;
    this.trips.push({ rtt, offset: serverTime + rtt / 2 - receivedAt });
    if (this.trips.length > 32) this.trips.shift();
    this.offsetMs = this.trips.reduce((best, each) => (each.rtt <= best.rtt ? each : best)).offset;
  }
}

/** A player's frames over a simulated link: how far the shown server time is off, in each frame from `fromMs` on. */
function errors(seed: number, spec: LinkSpec, fromMs: number, untilMs = 60_000): { off: number[]; usual: number[] } {
  const link = new JitteryLink(seed, spec);
  const clock = new ServerClock();
  const half = new HalfTheFastest();
  const underway: { sentAt: number; serverTime: number; receivedAt: number }[] = [];
  const off: number[] = [];
  const usual: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (let now = 0; now < untilMs; now += FRAME_MS) {
    if (clock.pingDue(now)) underway.push(link.trip(now));
    while (underway.length > 0 && underway[0]!.receivedAt <= now) {
      const { sentAt, serverTime, receivedAt } = underway.shift()!;
      clock.pong(sentAt, serverTime, receivedAt);
      half.pong(sentAt, serverTime, receivedAt);
    }
    const shown = clock.serverTimeMs(now);
    if (shown < before) throw new Error(`seed ${seed}: time ran backwards at ${now} ms`);
    before = shown;
    if (now < fromMs) continue;
    off.push(Math.abs(shown - link.serverTime(now)));
    usual.push(Math.abs(now + half.offsetMs - link.serverTime(now)));
  }
  return { off, usual };
}

/** Every seed for itself is within the limit; tells the figures of all of them together. */
function measure(name: string, spec: LinkSpec, limitMs: number): void {
  const all: number[] = [];
  const allUsual: number[] = [];
  for (let seed = 1; seed <= SEED_COUNT; seed++) {
    const { off, usual } = errors(seed, spec, 2500);
    expect(percentile(off, 0.99), `seed ${seed}: p99 of the error`).toBeLessThanOrEqual(limitMs);
    all.push(...off);
    allUsual.push(...usual);
  }
  const figures = (values: number[]) => [0.5, 0.95, 0.99, 1].map((share) => percentile(values, share).toFixed(1));
  const [p50, p95, p99, max] = figures(all);
  console.log(
    `clock, ${name}, seeds 1 to ${SEED_COUNT}: off by ${p50} ms in the middle, p95 ${p95}, p99 ${p99}, max ${max} ms; ` +
      `half the fastest of 32 trips: ${figures(allUsual).join(', ')}`,
  );
}

test('is right to 5 ms where each way takes 20 ms more or less and stalls', () => {
  measure('20 ms of jitter, stalls', JITTERY, 5);
});

test.each([100, -100])('follows a clock that is %i ppm fast', (driftPpm) => {
  measure(`20 ms of jitter, stalls, ${driftPpm} ppm`, { ...JITTERY, driftPpm }, 5);
});

test('is right where every few seconds all stands still', () => {
  measure('20 ms of jitter, a stall each 3 s', { ...JITTERY, stallEveryMs: 3000 }, 5);
});

test('is good enough after a second', () => {
  const off: number[] = [];
  for (let seed = 1; seed <= 10 * SEED_COUNT; seed++) off.push(...errors(seed, JITTERY, 1000, 2500).off);
  const [p95, p99] = [0.95, 0.99].map((share) => percentile(off, share));
  console.log(`clock, 1 s to 2.5 s after the start: p95 ${p95!.toFixed(1)}, p99 ${p99!.toFixed(1)} ms`);
  expect(p95).toBeLessThan(5);
});

test('is exact on a calm link', () => {
  measure('no jitter', { ...JITTERY, jitterMs: 0, stallMs: 0 }, 0.01);
});

test('takes the fastest way there and the fastest way back, of whatever trips', () => {
  const clock = new ServerClock();
  clock.pong(1000, 5_080, 1100); // 80 ms there, 20 back
  clock.pong(2000, 6_020, 2100); // 20 ms there, 80 back
  expect(clock.offsetMs).toBe(4000);
  expect(clock.rttMs).toBe(100);
});

test('learns nothing from a trip that was stalled', () => {
  const clock = settled();
  clock.pong(20_000, 24_650, 20_700);
  clock.pong(20_500, 24_550, 20_900);
  expect(clock.offsetMs).toBe(4000);
});

test('slides to a better estimate, a twentieth of the way with each trip', () => {
  const clock = new ServerClock();
  for (let i = 0; i < 16; i++) clock.pong(i * 1000, i * 1000 + 4010, i * 1000 + 20); // all seem even
  expect(clock.offsetMs).toBe(4000);
  clock.pong(20_000, 24_014, 20_020); // 6 ms back at most: the offset is 3994 + 8 at least
  expect(clock.offsetMs).toBeCloseTo(4000.1);
  for (let i = 0; i < 30; i++) clock.pong(21_000 + i, 25_014 + i, 21_020 + i);
  expect(clock.offsetMs).toBeGreaterThan(4001.5);
});

test('follows a clock that was set at once, but does not show time running backwards', () => {
  const clock = settled();
  expect(clock.serverTimeMs(20_000)).toBe(24_000);
  clock.pong(20_000, 30_010, 20_020); // 6 s forward
  expect(clock.offsetMs).toBe(10_000);
  expect(clock.serverTimeMs(20_020)).toBe(30_020);
  clock.pong(20_100, 30_010, 20_120); // 100 ms back
  expect(clock.offsetMs).toBe(9900);
  expect(clock.serverTimeMs(20_120)).toBe(30_020);
  expect(clock.serverTimeMs(20_121)).toBe(30_021);
});

test('does not wait for hours when another server is hours behind', () => {
  const clock = settled();
  expect(clock.serverTimeMs(20_000)).toBe(24_000);
  clock.reset();
  clock.pong(20_000, 1_010, 20_020);
  expect(clock.serverTimeMs(20_020)).toBe(1_020);
});

test('asks quickly at first, then twice a second, and anew after a reconnect', () => {
  const clock = new ServerClock();
  const asked = (until: number) => {
    const at: number[] = [];
    for (let now = until - 10_000; now < until; now += 25) if (clock.pingDue(now)) at.push(now);
    return at;
  };
  const first = asked(10_000);
  expect(first.slice(0, 18)).toEqual([...Array.from({ length: 17 }, (_, i) => i * 125), 2500]);
  expect(first.length).toBe(32);
  expect(asked(20_000).length).toBe(20);
  clock.reset();
  expect(asked(30_000).length).toBe(32);
});

test('tells how much round trips differ', () => {
  const clock = new ServerClock();
  for (let i = 0; i < 200; i++) clock.pong(i * 1000, i * 1000 + 50, i * 1000 + (i % 2 === 0 ? 100 : 130));
  expect(clock.jitterMs).toBeCloseTo(30);
  expect(clock.rttMs).toBeGreaterThan(110);
  expect(clock.rttMs).toBeLessThan(120);
});

test('believes snapshots until the first Pong', () => {
  const clock = new ServerClock();
  clock.snapshot(10_000, 1000);
  expect(clock.offsetMs).toBe(9000);
  clock.pong(2000, 12_000, 2100);
  clock.snapshot(10_000, 3000);
  expect(clock.offsetMs).toBe(9950);
});

/** An offset of 4000, after trips of 10 ms each way. */
function settled(): ServerClock {
  const clock = new ServerClock();
  for (let i = 0; i < 20; i++) clock.pong(i * 500, i * 500 + 4010, i * 500 + 20);
  expect(clock.offsetMs).toBe(4000);
  return clock;
}
