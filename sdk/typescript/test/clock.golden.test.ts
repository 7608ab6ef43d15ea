import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ServerClock } from '../src/clock.js';
import { JITTERY, JitteryLink } from './jitteryLink.js';

/** A trip and what the clock shows after it. `reset`: a new connection begins with it. */
interface Trip {
  sentAt: number;
  serverTime: number;
  receivedAt: number;
  reset?: boolean;
  rtt: number;
  jitter: number;
  offset: number;
}

const file = new URL('../../java/src/test/resources/golden/clock.json', import.meta.url);

/** Four parts of a session, each after what may befall it: a start, a server's clock that is set, a new connection, a way that becomes slow. */
function* trips(): Iterable<Omit<Trip, 'rtt' | 'jitter' | 'offset'>> {
  const parts = [
    { seed: 1, spec: { ...JITTERY, driftPpm: 100 } },
    { seed: 2, spec: { ...JITTERY, offsetMs: JITTERY.offsetMs + 2500 } },
    { seed: 3, spec: { ...JITTERY, offsetMs: JITTERY.offsetMs - 70, stallEveryMs: 3000 } },
    { seed: 4, spec: { ...JITTERY, offsetMs: JITTERY.offsetMs - 70, latencyMs: 90 } },
  ];
  for (const [part, { seed, spec }] of parts.entries()) {
    const link = new JitteryLink(seed, spec);
    for (let i = 0; i < 50; i++) {
      const trip = link.trip(part * 30_000 + i * (i < 16 ? 125 : 500));
      yield part === 2 && i === 0 ? { ...trip, reset: true } : trip;
    }
  }
}

function shownAfter(clock: ServerClock, trip: Omit<Trip, 'rtt' | 'jitter' | 'offset'>) {
  if (trip.reset === true) clock.reset();
  clock.pong(trip.sentAt, trip.serverTime, trip.receivedAt);
  return { rtt: clock.rttMs, jitter: clock.jitterMs, offset: clock.offsetMs };
}

/** After a wanted change: GOLDEN_WRITE=1 npm test, read the difference, and let Java's ServerClock follow in the same commit. */
function write(): void {
  const clock = new ServerClock();
  const lines = Array.from(trips(), (trip) => JSON.stringify({ ...trip, ...shownAfter(clock, trip) }));
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
}

test('shows after each trip what Java shows', () => {
  if (process.env.GOLDEN_WRITE === '1') write();
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Trip[];
  const clock = new ServerClock();
  expect(golden.length).toBe(200);
  for (const [i, { rtt, jitter, offset, ...trip }] of golden.entries()) {
    expect(shownAfter(clock, trip), `trip ${i}`).toEqual({ rtt, jitter, offset });
  }
});
