import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WasmRule } from '../src/wasmRule.js';
import { GoldenFlight, WORLD } from './goldenFlight.js';
import { GoldenHelm, type Outcome, type Step, type World } from './goldenHelm.js';
import { JITTERY } from './jitteryLink.js';

const file = new URL('../../java/src/test/resources/golden/steering.json', import.meta.url);
/** Copied into the file: the golden run stays what it is when the demo flies differently one day. */
const flight = new URL('../../../games/skirmish/src/main/resources/dev/terrane/games/skirmish/flight.wasm', import.meta.url);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** After a wanted change: GOLDEN_WRITE=1 npm test, read the difference, and let Java follow in the same commit. */
async function write(): Promise<void> {
  const module = readFileSync(flight);
  const run = new GoldenFlight(await WasmRule.load(module), await WasmRule.load(module));
  run.play({ seed: 1, spec: { ...JITTERY, stallEveryMs: 3_000 }, forMs: 9_000, dilations: [1] });
  run.reconnect();
  run.play({ seed: 2, spec: { ...JITTERY, latencyMs: 90, offsetMs: JITTERY.offsetMs - 70 }, forMs: 4_000, dilations: [1] });
  run.reconnect();
  run.play({ seed: 3, spec: { ...JITTERY, offsetMs: JITTERY.offsetMs + 40 }, forMs: 4_000, dilations: [0.5, 0.2, 0.4, 0.8, 1] });
  run.reconnect();
  run.play({ seed: 4, spec: { ...JITTERY, latencyMs: 1, jitterMs: 2 }, forMs: 3_000, dilations: [1] });
  const lines = [{ do: 'world', ...WORLD, rule: module.toString('base64') }, ...run.steps].map((each) => JSON.stringify(each));
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
}

/** What is left of a line without what came in. */
function outcomeOf(line: Step & Outcome): Outcome {
  const { do: _, at: __, sentAt, serverTime, tick, dilation, a, b, told, solids, millis, wish, ...outcome } = line;
  return outcome;
}

test('asks, sends, predicts and corrects as Java does', async () => {
  if (process.env.GOLDEN_WRITE === '1') await write();
  const [world, ...steps] = JSON.parse(readFileSync(file, 'utf8')) as [World & { rule: string }, ...(Step & Outcome)[]];
  const helm = new GoldenHelm(await WasmRule.load(Buffer.from(world.rule, 'base64')), world);
  for (const [i, step] of steps.entries()) {
    expect(helm.take(step), `step ${i}`).toEqual(outcomeOf(step));
  }
  const corrections = steps.filter(({ corrected }) => corrected !== undefined);
  expect(corrections.filter(({ teleport }) => teleport).length, 'the avatar is put elsewhere').toBeGreaterThan(0);
  expect(corrections.filter(({ teleport }) => !teleport).length, 'and pushed').toBeGreaterThan(2);
  expect(new Set(steps.flatMap(({ a }) => a ?? [])).size, 'it crosses a border').toBe(2);
});
