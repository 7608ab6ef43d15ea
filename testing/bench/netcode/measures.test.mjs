import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Placement, quantile } from './measures.mjs';

test('a quantile is one of the values', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.equal(quantile(hundred, 0.5), 50);
  assert.equal(quantile(hundred, 0.95), 95);
  assert.equal(quantile(hundred, 1), 100);
  assert.equal(quantile([7], 0.01), 7);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

test('what is drawn is compared with the same moment, when the onlooker must know it', () => {
  const placement = new Placement();
  const truth = (id, at) => (id === 1n ? { x: at, y: 0 } : undefined);
  placement.draw(1n, 1000, { x: 1003, y: 4, extrapolated: false });
  placement.draw(2n, 1000, { x: 0, y: 0, extrapolated: true });
  placement.compare(1349, truth);
  assert.deepEqual(placement.errors, []);
  placement.compare(1350, truth);
  assert.deepEqual(placement.errors, [5]);
  assert.equal(placement.unknownCount, 1);
  assert.equal(placement.guessedShare, 0.5);
});

test('what the onlooker has forgotten is not made up', () => {
  const placement = new Placement();
  placement.draw(1n, 1000, { x: 0, y: 0, extrapolated: false });
  placement.compare(2001, () => ({ x: 9, y: 9 }));
  assert.deepEqual(placement.errors, []);
  assert.equal(placement.unknownCount, 1);
});

test('each drawing is compared once, however many there are', () => {
  const placement = new Placement();
  for (let at = 0; at < 30_000; at++) {
    placement.draw(1n, at, { x: 1, y: 0, extrapolated: false });
    placement.compare(at, () => ({ x: 0, y: 0 }));
  }
  assert.equal(placement.errors.length, 30_000 - 350);
});
