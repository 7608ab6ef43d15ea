import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnPath, Placement, quantile } from './measures.mjs';

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

/** Twenty snapshots a second until then, each with one input more. */
function heard(own, from, until, ack = from / 50) {
  for (let now = from; now <= until; now += 50) own.hear(now, ack++);
}

test('a correction counts unless somebody was silent in the second before it', () => {
  const own = new OwnPath();
  heard(own, 0, 2000);
  own.correct(1990, { metres: 0.1, teleport: false });
  heard(own, 2300, 5000);
  own.correct(2310, { metres: 3, teleport: false });
  own.correct(4000, { metres: 0.2, teleport: false });
  const found = own.found(5);
  assert.equal(found.ownCorrectionMetresMax, 0.2);
  assert.equal(found.correctionsPerMinute, 24);
  assert.equal(found.correctionInStallsMetresMax, 3);
  assert.equal(found.stalls, 1);
});

test('inputs that do not arrive are a silence, too', () => {
  const own = new OwnPath();
  heard(own, 0, 2000);
  for (let now = 2050; now < 2300; now += 50) own.hear(now, 40);
  heard(own, 2300, 3000, 41);
  own.correct(2350, { metres: 1, teleport: false });
  assert.equal(own.found(3).ownCorrectionMetresMax, 0);
  assert.equal(own.found(3).stalls, 1);
});

test('a step is what the speed of the frame before does not explain', () => {
  const own = new OwnPath();
  heard(own, 0, 400);
  for (let now = 0; now <= 320; now += 16) own.draw(now, { x: now / 10, y: now >= 160 ? 0.5 : 0 });
  assert.ok(Math.abs(own.found(1).ownStepMetresP99 - 0.5) < 1e-9);
});
