import { expect, test } from 'vitest';
import { Playback } from '../src/playback.js';
import { JITTERY, JitteryLink, type LinkSpec, percentile } from './jitteryLink.js';

const SEED_COUNT = 40;
const FRAME_MS = 16;

interface Watched {
  readonly delays: number[];
  frames: number;
  /** Frames whose moment no snapshot had told yet. */
  guessed: number;
}

interface Limits {
  readonly guessed: number;
  readonly from: number;
  readonly to: number;
}

/** A minute of frames, the first ten seconds not counted. */
function watch(seed: number, spec: LinkSpec, intervalMs: number, playback = new Playback()): Watched {
  const link = new JitteryLink(seed, spec);
  const seen: Watched = { delays: [], frames: 0, guessed: 0 };
  let saidAt = intervalMs;
  let heardAt = link.heardAt(saidAt);
  let newest = 0;
  let before = Number.NaN;
  for (let now = 500; now < 60_000; now += FRAME_MS) {
    while (heardAt <= now) {
      newest = link.serverTime(saidAt);
      playback.snapshot(newest, intervalMs, heardAt);
      saidAt += intervalMs;
      heardAt = link.heardAt(saidAt);
    }
    const shown = playback.renderTimeMs(now);
    const speed = (shown - before) / FRAME_MS;
    if (speed < 0.949 || speed > 1.051) throw new Error(`seed ${seed}: shown at ${speed} times real time at ${now} ms`);
    before = shown;
    if (now < 10_000) continue;
    seen.frames++;
    seen.delays.push(playback.delayMs(now));
    if (shown > newest) seen.guessed++;
  }
  return seen;
}

/** Every seed for itself keeps to the limits; the same frames with a constant delay of 100 ms are told beside it. */
function measure(name: string, spec: LinkSpec, intervalMs: number, limits: Limits): void {
  const delays: number[] = [];
  const sum = { frames: 0, guessed: 0, constant: 0 };
  for (let seed = 1; seed <= SEED_COUNT; seed++) {
    const seen = watch(seed, spec, intervalMs);
    const delay = percentile(seen.delays, 0.5);
    expect(delay, `seed ${seed}: delay in the middle`).toBeGreaterThanOrEqual(limits.from);
    expect(delay, `seed ${seed}: delay in the middle`).toBeLessThanOrEqual(limits.to);
    expect(seen.guessed / seen.frames, `seed ${seed}: share of guessed frames`).toBeLessThanOrEqual(limits.guessed);
    delays.push(...seen.delays);
    sum.frames += seen.frames;
    sum.guessed += seen.guessed;
    sum.constant += watch(seed, spec, intervalMs, new Playback(100)).guessed;
  }
  const share = (count: number) => `${((100 * count) / sum.frames).toFixed(2)} %`;
  const [p50, p95] = [0.5, 0.95].map((part) => Math.round(percentile(delays, part)));
  console.log(
    `playback, ${name}, seeds 1 to ${SEED_COUNT}: delay ${p50} ms in the middle, p95 ${p95}; ` +
      `guessed ${share(sum.guessed)} of the frames, ${share(sum.constant)} with a constant 100 ms`,
  );
}

const CALM: LinkSpec = { ...JITTERY, jitterMs: 5, stallMs: 0 };
const NO_STALLS: LinkSpec = { ...JITTERY, stallMs: 0 };

test('stays at 100 ms where snapshots come in time', () => {
  measure('5 ms of jitter', CALM, 50, { guessed: 0, from: 99, to: 110 });
  measure('20 ms of jitter', NO_STALLS, 50, { guessed: 0, from: 99, to: 110 });
});

test('waits longer where snapshots come late', () => {
  measure('80 ms of jitter', { ...NO_STALLS, jitterMs: 80 }, 50, { guessed: 0.01, from: 120, to: 160 });
  measure('20 ms of jitter, stalls of 80 ms', { ...JITTERY, stallMs: 80 }, 50, { guessed: 0.02, from: 100, to: 200 });
  measure('20 ms of jitter, stalls of 300 ms', JITTERY, 50, { guessed: 0.05, from: 100, to: 201 });
});

test('follows the interval of the snapshots', () => {
  measure('10 snapshots a second, 20 ms of jitter', NO_STALLS, 100, { guessed: 0.01, from: 115, to: 140 });
  measure('5 snapshots a second, 20 ms of jitter', NO_STALLS, 200, { guessed: 0.01, from: 215, to: 240 });
});

test('grows as soon as a snapshot is late, and shrinks slowly, without a jump', () => {
  const playback = new Playback();
  let at = 0;
  const hear = (count: number, lateMs: number) => {
    for (let i = 0; i < count; i++) {
      at += 50;
      playback.snapshot(at, 50, at + 30 + lateMs);
      playback.renderTimeMs(at + 30 + lateMs);
    }
  };
  hear(20, 0);
  expect(playback.delayMs(at + 30)).toBeCloseTo(100);
  hear(1, 90); // 140 ms after the one before, and 10 in reserve
  hear(20, 0);
  expect(playback.delayMs(at + 30)).toBeGreaterThan(135);
  hear(60, 0);
  expect(playback.delayMs(at + 30)).toBeGreaterThan(105);
  hear(200, 0);
  expect(playback.delayMs(at + 30)).toBeCloseTo(100);
});

test('does not wait for snapshots that were left out, but for those of a world whose time runs slowly', () => {
  const playback = new Playback();
  let at = 0;
  const hear = (count: number, stepMs: number, intervalMs = stepMs) => {
    for (let i = 0; i < count; i++) {
      at += stepMs;
      playback.snapshot(at, intervalMs, at + 30);
    }
  };
  hear(20, 50);
  hear(1, 500, 50);
  playback.renderTimeMs(at + 30);
  expect(playback.delayMs(at + 30)).toBeLessThanOrEqual(200);
  hear(40, 500); // a tenth of the speed
  for (let i = 0; i < 400; i++) playback.renderTimeMs(at - 6000 + i * 16);
  expect(playback.delayMs(at + 430)).toBeGreaterThanOrEqual(500);
  expect(playback.delayMs(at + 430)).toBeLessThanOrEqual(600);
});

test('keeps a delay that was asked for', () => {
  const playback = new Playback(60);
  for (let i = 1; i < 50; i++) playback.snapshot(i * 50, 50, i * 50 + (i % 7) * 20);
  playback.renderTimeMs(2500);
  expect(playback.delayMs(2500)).toBe(60);
});

test('shows nothing before the first snapshot, and time goes on between connections', () => {
  const playback = new Playback();
  expect(playback.renderTimeMs(1000)).toBe(0);
  expect(playback.delayMs(1000)).toBe(100);
  playback.snapshot(50_000, 50, 1000);
  expect(playback.renderTimeMs(1000)).toBe(49_900);
  playback.reset();
  expect(playback.renderTimeMs(3000)).toBe(51_900);
  playback.snapshot(51_970, 50, 3050); // this server is 80 ms behind
  expect(playback.renderTimeMs(3100)).toBeGreaterThan(51_990);
});

test('follows a clock that was set at once', () => {
  const playback = new Playback();
  playback.snapshot(10_000, 50, 1000);
  expect(playback.renderTimeMs(1000)).toBe(9900);
  playback.snapshot(90_000, 50, 1050);
  expect(playback.renderTimeMs(1050)).toBe(89_900);
  playback.snapshot(10_100, 50, 1100);
  expect(playback.renderTimeMs(1100)).toBe(10_000);
});

test('waits where it is when the way has become much slower', () => {
  const playback = new Playback();
  let before = Number.NEGATIVE_INFINITY;
  for (let at = 50; at < 40_000; at += 50) {
    const arrived = at + (at < 15_000 ? 30 : 1500);
    playback.snapshot(at, 50, arrived);
    const shown = playback.renderTimeMs(arrived);
    expect(shown).toBeGreaterThanOrEqual(before);
    before = shown;
  }
  expect(playback.delayMs(39_950 + 1500)).toBeLessThan(200);
});
