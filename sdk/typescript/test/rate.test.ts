import { expect, test } from 'vitest';
import { Rate } from '../src/rate.js';

test('counts the last second', () => {
  const rate = new Rate();
  for (let now = 0; now < 3000; now += 100) rate.add(5, now);
  expect(rate.perSecond(2900)).toBe(50);
  expect(rate.perSecond(9000)).toBe(0);
});
