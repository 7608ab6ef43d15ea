import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Input } from '../src/api.js';
import { JITTERY, type LinkSpec, percentile, randoms } from './jitteryLink.js';
import { AT_REST, ORIGIN_X, SteeredWorld } from './steeredWorld.js';

const SEED_COUNT = 20;
const FRAME_MS = 8;
const WARM_UP_MS = 8_000;
const END_MS = 60_000;
/** After a stall the next words of the server may tell of what was late in it. */
const AFTER_STALL_MS = 1_000;
const SPEED_MAX = 40 * Math.SQRT2;

const STEADY: LinkSpec = { ...JITTERY, stallEveryMs: 1e9 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Somebody who changes his mind two or three times a second. */
function restless(seed: number): (now: number) => Input {
  const random = randoms(seed * 7919);
  let until = 0;
  let input: Input = {};
  return (now) => {
    if (now >= until) {
      until = now + 100 + 600 * random();
      input = { moveX: 2 * random() - 1, moveY: 2 * random() - 1, aim: 6 * random() - 3 };
    }
    return input;
  };
}

interface Flight {
  readonly world: SteeredWorld;
  /** From frame to frame, in metres, beyond what speed explains. */
  readonly jumps: number[];
  /** How long before an input shows in the server's word it was shown here: lead, in milliseconds. */
  readonly leads: number[];
}

function fly(seed: number, spec: LinkSpec): Flight {
  const world = new SteeredWorld(seed, spec, restless(seed));
  const flight: Flight = { world, jumps: [], leads: [] };
  let before = world.shown;
  while (world.now < END_MS) {
    before = world.shown === undefined ? undefined : { ...world.shown };
    world.run(FRAME_MS);
    const { shown } = world;
    if (shown === undefined || before === undefined || world.now < WARM_UP_MS) continue;
    if (world.link.stalled(world.now, AFTER_STALL_MS)) continue;
    const metres = Math.hypot(shown.x - before.x, shown.y - before.y);
    flight.jumps.push(Math.max(0, metres - (SPEED_MAX * FRAME_MS * 1.06) / 1000));
    flight.leads.push(world.steering.lead.reserveMs);
  }
  return flight;
}

const counted = (flight: Flight) =>
  flight.world.corrections.filter(({ at }) => at >= WARM_UP_MS && !flight.world.link.stalled(at, AFTER_STALL_MS));

for (const rtt of [80, 120, 200]) {
  test(`the own avatar is where it was predicted on a link of ${rtt} ms with 20 ms of jitter each way and stalls of 300 ms`, () => {
    let corrections = 0;
    let inStalls = 0;
    let worst = 0;
    const reserves: number[] = [];
    for (let seed = 1; seed <= SEED_COUNT; seed++) {
      const flight = fly(seed, { ...JITTERY, latencyMs: rtt / 2 });
      const outside = counted(flight);
      corrections += outside.length;
      inStalls += flight.world.corrections.length - outside.length;
      worst = Math.max(worst, ...outside.map(({ metres }) => metres));
      expect(Math.max(...flight.jumps), `seed ${seed}: a jump, in metres`).toBeLessThanOrEqual(0.25);
      reserves.push(...flight.leads);
    }
    expect(worst, 'metres').toBeLessThanOrEqual(0.25);
    const minutes = (SEED_COUNT * (END_MS - WARM_UP_MS)) / 60_000;
    console.log(
      `steering, ${rtt} ms, seeds 1 to ${SEED_COUNT}: ${(corrections / minutes).toFixed(1)} corrections a minute outside stalls, the worst ${worst.toFixed(2)} m; ` +
        `${(inStalls / minutes).toFixed(1)} in them; reserve ${percentile(reserves, 0.5).toFixed(0)} ms in the middle, p95 ${percentile(reserves, 0.95).toFixed(0)}`,
    );
  });
}

/** Metres from frame to frame: most and least, while it flies straight on at full speed. */
function steps(dilations: readonly number[]): { most: number; least: number; corrections: number } {
  const world = new SteeredWorld(7, { ...STEADY, latencyMs: 60, jitterMs: 0 }, () => ({ moveX: 1 }));
  dilations.forEach((dilation, i) => world.dilate(200 + 100 * i, dilation));
  const result = { most: 0, least: Number.POSITIVE_INFINITY, corrections: 0 };
  while (world.tick < 200 + 100 * dilations.length) {
    const before = world.shown?.x ?? 0;
    world.run(FRAME_MS);
    if (world.tick < 150) continue;
    const metres = (world.shown?.x ?? 0) - before;
    result.most = Math.max(result.most, metres);
    result.least = Math.min(result.least, metres);
  }
  result.corrections = world.corrections.filter(({ at }) => at > 5_000).length;
  return result;
}

test('when the server slows down or hurries, the own avatar does so, and neither stands nor jumps', () => {
  const full = (40 * FRAME_MS) / 1000;
  for (const dilations of [
    [0.5, 1],
    [0.1, 0.2, 0.4, 0.8, 1],
  ]) {
    const { most, least, corrections } = steps(dilations);
    expect(most, `most metres in a frame at ${dilations}`).toBeLessThanOrEqual(full * 1.26);
    expect(least, `least metres in a frame at ${dilations}`).toBeGreaterThanOrEqual(full * Math.min(...dilations) * 0.74);
    expect(corrections).toBe(0);
  }
});

test('without jitter and stalls nothing is ever corrected, and inputs come just in time', () => {
  const { world } = fly(1, { ...STEADY, jitterMs: 0 });
  expect(world.corrections.filter(({ at }) => at > 1_000)).toEqual([]);
  expect(world.lateAt.filter((at) => at > 1_000)).toEqual([]);
  expect(world.steering.lead.reserveMs).toBeLessThan(40);
});

/** Then the server tells of a tick before it is drawn here. */
test('the own avatar does not jump where the server is next door', () => {
  const flight = fly(2, { ...STEADY, latencyMs: 1, jitterMs: 1 });
  expect(counted(flight)).toEqual([]);
  expect(Math.max(...flight.jumps), 'a jump, in metres').toBeLessThanOrEqual(0.02);
});

test.each([1, JITTERY.latencyMs])('what the server does to the avatar beside the rule is slid to, not jumped to, at %i ms', (latencyMs) => {
  const world = new SteeredWorld(3, { ...STEADY, latencyMs, jitterMs: 0 }, () => ({ moveX: 1 }));
  world.meddle = (state, tick) =>
    tick === 200 ? { ...state, 'kit.position': { x: Number(state['kit.position']!['x']), y: Math.fround(Number(state['kit.position']!['y']) + 2) } } : state;
  let drawn = 0;
  let step = 0;
  while (world.now < 15_000) {
    world.run(FRAME_MS);
    step = Math.max(step, Math.abs((world.shown?.y ?? 0) - drawn));
    drawn = world.shown?.y ?? 0;
  }
  expect(world.corrections.filter(({ at }) => at > 1_000).map(({ metres, teleport }) => [Math.round(metres * 100) / 100, teleport])).toEqual([[2, false]]);
  expect(drawn).toBeCloseTo(2, 2);
  expect(step).toBeLessThan(0.25);
});

test.each([1, JITTERY.latencyMs])('an avatar that is put elsewhere is there at once, at %i ms', (latencyMs) => {
  const world = new SteeredWorld(4, { ...STEADY, latencyMs, jitterMs: 0 }, () => ({}));
  world.meddle = (state, tick) => (tick === 200 ? { ...state, 'kit.position': { x: 500, y: 0 } } : state);
  const seen = new Set<number>();
  while (world.now < 15_000) {
    world.run(FRAME_MS);
    seen.add(Math.round((world.shown?.x ?? ORIGIN_X) - ORIGIN_X));
  }
  expect([...seen]).toEqual([0, 500]);
  expect(world.corrections.at(-1)).toMatchObject({ teleport: true });
});

test('a rule that comes while somebody steers predicts with the inputs that are under way', () => {
  const world = new SteeredWorld(8, { ...STEADY, latencyMs: 100, jitterMs: 0 }, restless(8), false);
  while (world.now < 5_000) world.run(FRAME_MS);
  expect(world.shown).toBeUndefined();
  world.predict();
  while (world.now < 8_000) world.run(FRAME_MS);
  expect(world.shown).toBeDefined();
  expect(world.corrections).toEqual([]);
});

test('who is asked for an input may ask where the own avatar is', () => {
  const asked: (number | undefined)[] = [];
  const world: SteeredWorld = new SteeredWorld(6, { ...STEADY, jitterMs: 0 }, () => {
    asked.push(world.steering.sample()?.x);
    return { moveX: 1 };
  });
  while (world.now < 5_000) world.run(FRAME_MS);
  expect(asked.length).toBeGreaterThan(80);
  expect(asked.length).toBeLessThanOrEqual(100);
  expect(asked.at(-1)).toBeGreaterThan(asked.at(-20)!);
});

test('a player who stops to play is told the truth, and plays on from there', () => {
  const world = new SteeredWorld(5, { ...STEADY, jitterMs: 0 }, () => ({ moveX: 1 }));
  while (world.now < 5_000) world.run(FRAME_MS);
  world.run(10_000); // the window was hidden: nothing ran
  while (world.now < 20_000) world.run(FRAME_MS);
  const after = world.corrections.filter(({ at }) => at > 17_000);
  expect(after).toEqual([]);
  expect(world.shown!.x).toBeGreaterThan(Number(world.state['kit.position']!['x']));
  expect(world.state).not.toEqual(AT_REST);
});
