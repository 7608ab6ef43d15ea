import { expect, test } from 'vitest';
import { Rate, ServerClock } from '../src/clock.js';

test('believes the fastest round trip', () => {
  const clock = new ServerClock();
  clock.pong(1000, 5_050, 1100); // 100 ms, exact
  clock.pong(2000, 6_400, 2500); // 500 ms, of which 400 on the way there
  expect(clock.offsetMs).toBe(4000);
  expect(clock.rttMs).toBe(150);
});

test('a late snapshot hardly moves the picture, an early one does', () => {
  const clock = new ServerClock();
  clock.snapshot(10_000, 1000);
  clock.snapshot(10_050, 1150);
  expect(clock.arrivedMs(1150)).toBeCloseTo(10_149);
  clock.snapshot(10_200, 1150);
  expect(clock.arrivedMs(1150)).toBeGreaterThan(10_158);
});

test('a jump of the server clock is followed at once', () => {
  const clock = new ServerClock();
  clock.snapshot(10_000, 1000);
  clock.snapshot(90_000, 1050);
  expect(clock.arrivedMs(1050)).toBe(90_000);
});

test('counts the last second', () => {
  const rate = new Rate();
  for (let now = 0; now < 3000; now += 100) rate.add(5, now);
  expect(rate.perSecond(2900)).toBe(50);
  expect(rate.perSecond(9000)).toBe(0);
});
