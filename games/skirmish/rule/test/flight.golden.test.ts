import { readFileSync } from 'node:fs';
import { openSides, parsePartition, WasmRule } from '@terrane/client';
import { expect, test } from 'vitest';
import { Fleet } from './fleet.js';

const golden = JSON.parse(readFileSync(new URL('../golden/flight.json', import.meta.url), 'utf8')) as {
  partition: string;
  seed: number;
  crafts: number;
  ticks: number;
  every: number;
  hashes: string[];
};
const module = readFileSync(new URL('../../src/main/resources/dev/terrane/games/skirmish/flight.wasm', import.meta.url));

test('flies as on the server, to the last bit', async () => {
  const rule = await WasmRule.load(module);
  rule.place(openSides(parsePartition(golden.partition), { a: 0, b: 0 }));
  const fleet = new Fleet(rule, golden.seed, golden.crafts);
  const hashes: string[] = [];
  for (let tick = 1; tick <= golden.ticks; tick++) {
    fleet.tick();
    if (tick % golden.every === 0) hashes.push((fleet.hash >>> 0).toString(16).padStart(8, '0'));
  }
  expect(hashes).toEqual(golden.hashes);
});

test('says which fields it needs', async () => {
  const { fields } = await WasmRule.load(module);
  expect(fields).toContainEqual({ component: 'skirmish.pilot', field: 'energy', kind: 'f32', written: true });
  expect(fields).toContainEqual({ component: 'kit.controls', field: 'held', kind: 'i32', written: false });
});

test('leaves the state that it is given as it was', async () => {
  const rule = await WasmRule.load(module);
  const before = {
    'kit.position': { x: 1, y: 2, z: 3 },
    'kit.velocity': { x: 10, y: 0 },
    'kit.heading': { yaw: 0 },
    'skirmish.craft': { kind: 0 },
    'skirmish.vitals': { hull: 120 },
  };
  const after = rule.step(before, { moveX: 1 }, 0.05);
  expect(before['kit.position']).toEqual({ x: 1, y: 2, z: 3 });
  expect(after['kit.position'].x).toBeGreaterThan(1.5);
  expect(after['kit.position'].z).toBe(3);
  expect(after['skirmish.vitals']).toBe(before['skirmish.vitals']);
});

test('refuses what is no rule', async () => {
  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  await expect(WasmRule.load(empty)).rejects.toThrow('no section terrane.rule');
});
