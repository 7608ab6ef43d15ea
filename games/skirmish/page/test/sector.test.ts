import { readFileSync } from 'node:fs';
import { playAlone } from '@terrane/client/alone';
import { WasmRule } from '@terrane/client';
import { describe, expect, it } from 'vitest';
import { Sector } from '../src/alone/sector.js';
import { FIRE } from '../src/input/pilot.js';
import { VITALS_MAX } from '../src/net/link.js';
import type { Skirmish } from '../src/net/skirmishGame.js';
import type { SkirmishWorld } from '../src/net/side.js';

const RULE = new URL('../../src/main/resources/dev/terrane/games/skirmish/flight.wasm', import.meta.url);

async function alone() {
  let now = 0;
  let found = 0;
  const sector = new Sector('Ada', (pieces) => (found += pieces));
  const rule = await WasmRule.load(readFileSync(RULE));
  const world = playAlone<Skirmish>({ ...sector.start, rule, now: () => now });
  await new Promise((done) => setImmediate(done));
  const run = (seconds: number): void => {
    for (const end = now + seconds * 1000; now < end;) {
      now += 50;
      world.renderTimeMs();
    }
  };
  return { sector, world, run, found: () => found };
}

describe('the sector without a server', () => {
  it('has what the page can show, around a ship that flies by the rule', async () => {
    const { world, run } = await alone();
    const page: SkirmishWorld = world;
    page.steer(() => ({ moveX: 1, aim: 0 }));
    run(1);
    const kinds = new Set([...page.entities.values()].map((each) => each.components['skirmish.craft']?.kind));
    expect([0, 1, 2].every((kind) => kinds.has(kind))).toBe(true);
    const before = page.self?.worldX ?? 0;
    run(2);
    expect((page.self?.worldX ?? 0) - before).toBeGreaterThan(30);
    expect(page.self?.components['kit.nameplate']?.name).toBe('Ada');
    expect(page.self?.components['skirmish.pilot']?.energy).toBe(100);
  });

  it('fires when it is told to, pays for it, and says which bolt it was', async () => {
    const { world, run } = await alone();
    const fired: { bolt: bigint; tick: number }[] = [];
    world.onEvent('skirmish.fired', ({ payload }) => fired.push(payload));
    let held = 0;
    world.steer(() => ({ held }));
    run(0.5);
    held = FIRE;
    run(1);
    expect(fired.length).toBe(5);
    expect(fired.map(({ tick }) => tick - fired[0].tick)).toEqual([0, 4, 8, 12, 16]);
    expect(world.entities.get(fired[4].bolt)?.components['skirmish.craft']?.kind).toBe(3);
    expect(world.self?.components['skirmish.pilot']?.energy).toBeLessThan(90);
    held = 0;
    run(2);
    expect(world.population.has(fired[4].bolt)).toBe(false);
  });

  it('is a fight: there are hits and kills, wrecks and pilots that come back', async () => {
    const { sector, world, run } = await alone();
    const seen = { hit: 0, destroyed: 0, ownDeath: 0 };
    world.onEvent('skirmish.hit', () => seen.hit++);
    world.onEvent('skirmish.destroyed', ({ payload }) => {
      seen.destroyed++;
      if (payload.victim === world.self?.avatar) seen.ownDeath++;
    });
    expect(sector.stress(80)).toBe(80);
    let waited = 0;
    world.on('self', ({ components }) => (waited = Math.max(waited, components['skirmish.pilot']?.respawnIn ?? 0)));
    run(20);
    expect(seen.hit).toBeGreaterThan(20);
    expect(seen.destroyed).toBeGreaterThan(0);
    expect(seen.ownDeath).toBeGreaterThan(0);
    expect(waited).toBeGreaterThan(4);
    expect(waited).toBeLessThanOrEqual(5);
    const wrecks = [...world.population.values()].filter((each) => each.components['skirmish.craft']?.kind === 4);
    expect(wrecks.length).toBeGreaterThan(1);
    const { hull = 0 } = world.self?.components['skirmish.vitals'] ?? {};
    expect(hull).toBeLessThanOrEqual(VITALS_MAX.ship.hull);
  }, 60_000);

  it('takes bought rounds aboard', async () => {
    const { sector, world, run } = await alone();
    run(0.5);
    sector.load(20);
    sector.load(5);
    expect(world.self?.components['skirmish.magazine']?.rounds).toBe(25);
  });
});
