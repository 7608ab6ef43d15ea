import { expect, test } from 'vitest';
import { Motion, shortestTurn } from '../src/motion.js';

const at = (motion: Motion, time: number, knownUntil: number) =>
  motion.sample(time, knownUntil, 250, { x: 0, y: 0, z: 0, heading: 0, extrapolated: false });

test('goes straight between two samples', () => {
  const motion = new Motion(500);
  motion.add(1000, 0, 0, 0, 0);
  motion.add(1050, 10, -10, 5, 1);
  expect(at(motion, 1025, 1050)).toEqual({ x: 5, y: -5, z: 2.5, heading: 0.5, extrapolated: false });
  expect(at(motion, 900, 1050).x).toBe(0);
});

test('stands still until it starts, however long that was', () => {
  const motion = new Motion(500);
  motion.add(1000, 0, 0, 0, 0);
  motion.add(5000, 10, 0, 0, 0, 4950);
  expect(at(motion, 4000, 5000).x).toBe(0);
  expect(at(motion, 4975, 5000).x).toBe(5);
});

test('goes on for a while without news, then waits', () => {
  const motion = new Motion(500);
  motion.add(1000, 0, 0, 0, 0);
  motion.add(1050, 5, 0, 0, 0);
  expect(at(motion, 1100, 1050)).toMatchObject({ x: 10, extrapolated: true });
  expect(at(motion, 9000, 1050).x).toBe(5 + 25);
});

test('does not overshoot where it stopped', () => {
  const motion = new Motion(500);
  motion.add(1000, 0, 0, 0, 0);
  motion.add(1050, 5, 0, 0, 0);
  expect(at(motion, 1300, 1250)).toMatchObject({ x: 5, extrapolated: true });
  expect(at(motion, 1200, 1250)).toMatchObject({ x: 5, extrapolated: false });
});

test('is nowhere in between when it was put elsewhere, and does not fly on from there', () => {
  const motion = new Motion(500);
  motion.add(1000, 0, 0, 0, 0);
  motion.add(1050, 2, 0, 0, 0);
  motion.add(1100, 300, 400, 0, 1);
  expect(at(motion, 1099, 1100)).toMatchObject({ x: 2, y: 0, heading: 0 });
  expect(at(motion, 1100, 1100)).toMatchObject({ x: 300, y: 400, heading: 1, extrapolated: false });
  expect(at(motion, 1180, 1100)).toMatchObject({ x: 300, y: 400, extrapolated: true });
  motion.add(1150, 302, 400, 0, 1);
  expect(at(motion, 1125, 1150).x).toBe(301);
});

test('is as smooth 10^9 metres from the world\'s origin as near it', () => {
  const [near, far] = [new Motion(500), new Motion(500)];
  for (let i = 0; i < 20; i++) {
    const x = Math.fround(40 * Math.sin(i / 3));
    near.add(i * 50, x, x, 0, 0);
    far.add(i * 50, 1e9 + x, -1e9 + x, 0, 0);
  }
  for (let time = 0; time < 1000; time += 7) {
    expect(at(far, time, 950).x - 1e9).toBeCloseTo(at(near, time, 950).x, 5);
    expect(at(far, time, 950).y + 1e9).toBeCloseTo(at(near, time, 950).y, 5);
  }
});

test('turns the short way round', () => {
  expect(shortestTurn(3, -3)).toBeCloseTo(2 * Math.PI - 6);
  expect(shortestTurn(-3, 3)).toBeCloseTo(6 - 2 * Math.PI);
  expect(shortestTurn(0.5, 1)).toBe(0.5);
});

test('remembers a second and forgets what is older', () => {
  const motion = new Motion(500);
  for (let i = 0; i < 100; i++) motion.add(i * 50, i, 0, 0, 0);
  expect(at(motion, 99 * 50 - 25, 99 * 50).x).toBe(98.5);
  expect(at(motion, 0, 99 * 50).x).toBe(76);
});
