import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OwnPath, Placement, quantile, Shots } from './measures.mjs';

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

/** A shot eastwards from the origin in tick 100, which the server fires as well, among others as they are drawn in each tick after it. */
function shoot({ others, judged, ageMs = 300 }) {
  const shots = new Shots(0.05, 500);
  shots.fire(0, 100, { x: 0, y: 0, yaw: 0, vx: 0, vy: 0, size: 2 });
  shots.fired(100);
  for (let tick = 101; tick <= 110; tick++) shots.draw(tick, ageMs, others(tick));
  if (judged !== undefined) shots.judged(100, judged);
  return shots;
}

const standing = (more) => () => [{ id: 7n, x: 40, y: 0, size: 2, mortal: true, extrapolated: false, ...more }];

test('a shot that hits the same one on the screen and by the server agrees', () => {
  const { hits, hitAgreement } = shoot({ others: standing(), judged: 7n }).found(5000);
  assert.deepEqual([hits, hitAgreement], [1, 1]);
});

test('a shot that hits by one of them only, or somebody else, does not agree', () => {
  const seen = shoot({ others: standing() });
  assert.deepEqual([seen.found(5000).hitsSeenOnly, seen.found(5000).hitAgreement], [1, 0]);
  assert.deepEqual(
    seen.disagreements(5000).map(({ tick, seen: id, near }) => [tick, id, near.length]),
    [[100, 7n, 1]],
  );
  assert.equal(shoot({ others: standing({ y: 4 }), judged: 7n }).found(5000).hitsJudgedOnly, 1);
  assert.equal(shoot({ others: standing(), judged: 8n }).found(5000).hitAgreement, 0);
});

test('whom a shot met while he was guessed, or longer ago than the server looks back, is outside the window', () => {
  const guessed = shoot({ others: standing({ extrapolated: true }) }).found(5000);
  assert.deepEqual([guessed.hits, guessed.hitsOutsideWindow, guessed.hitAgreementOverall], [0, 1, 0]);
  assert.equal(shoot({ others: standing(), ageMs: 501 }).found(5000).hitsOutsideWindow, 1);
});

test('who flies through the way of a shot between two frames is met where both are at one moment', () => {
  const crossing = (offset) => (tick) => [{ id: 7n, x: 40, y: (tick - 105.7 + offset) * 40, size: 2, mortal: true, extrapolated: false }];
  // The bolt is at 40 m after 4.7 ticks; 2.4 m is what it and the target measure together.
  assert.equal(shoot({ others: crossing(1), judged: 7n }).found(5000).hitAgreement, 1);
  assert.equal(shoot({ others: crossing(0), judged: 7n }).found(5000).hitsJudgedOnly, 1);
});

test('a rock ends a shot and is nobody to agree on', () => {
  const behind = { id: 8n, x: 60, y: 0, size: 2, mortal: true, extrapolated: false };
  assert.equal(shoot({ others: () => [...standing({ mortal: false })(), behind] }).found(5000).hitAgreementOverall, Number.NaN);
});

test('a shot that the server did not fire is none', () => {
  const shots = new Shots(0.05, 500);
  shots.fire(0, 100, { x: 0, y: 0, yaw: 0, vx: 0, vy: 0, size: 2 });
  for (let tick = 101; tick <= 110; tick++) shots.draw(tick, 300, standing()());
  assert.equal(shots.found(5000).shots, 0);
});
