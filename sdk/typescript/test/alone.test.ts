import { expect, test } from 'vitest';
import { playAlone } from '../src/alone/index.js';
import type { LocalWorldOptions } from '../src/alone/index.js';
import type { ClientState, Input } from '../src/api.js';
import { JITTERY, randoms } from './jitteryLink.js';
import { AT_REST, RULE, SteeredWorld, TICK_MS } from './steeredWorld.js';

const STRIP = 'strip;count=1;width=2000000000;depth=2000000000';

/** A world whose time is turned by hand. */
async function alone(options: Partial<LocalWorldOptions> = {}) {
  const clock = { now: 0 };
  const world = playAlone({
    ...{ partition: STRIP, rule: RULE as never, avatar: { place: { x: 1e9, y: 0 }, components: AT_REST }, now: () => clock.now },
    ...options,
  });
  const states: string[] = [];
  world.on('state', (state: ClientState, _, code) => states.push(code === '' ? state : `${state} ${code}`));
  await Promise.resolve().then(() => undefined);
  await Promise.resolve();
  return {
    world,
    states,
    /** Frame by frame. */
    run(millis: number, frameMs = 8, each?: () => void): void {
      for (const end = clock.now + millis; clock.now < end; ) {
        clock.now = Math.min(end, clock.now + frameMs);
        world.renderTimeMs();
        each?.();
      }
    },
  };
}

/** What a restless player wants in that tick, after three calm seconds. */
function wishes(seed: number): (tick: number) => Input {
  const random = randoms(seed);
  const all: Input[] = [];
  return (tick) => {
    while (all.length <= tick) {
      const calm = all.length < 60;
      const change = calm || all.length % 7 === 0;
      all.push(change ? (calm ? {} : { moveX: 2 * random() - 1, moveY: 2 * random() - 1, aim: 6 * random() - 3 }) : all.at(-1)!);
    }
    return all[tick]!;
  };
}

test('the same inputs make the same motion alone and with a server, to the bit, 10^9 m out', async () => {
  const seed = 11;
  const byServer: unknown[] = [];
  const wish = wishes(seed);
  const server: SteeredWorld = new SteeredWorld(seed, { ...JITTERY, jitterMs: 0, stallEveryMs: 1e9 }, () => wish(Math.floor(server.steering.drawnTick) + 1));
  server.meddle = (state, tick) => {
    byServer[tick] = state;
    return state;
  };
  while (server.now < 30_000) server.run(8);

  const here = await alone();
  const byOneself: unknown[] = [];
  here.world.on('steered', (tick) => {
    byOneself[tick] = Object.fromEntries(Object.keys(AT_REST).map((name) => [name, { ...here.world.predicted![name] }]));
  });
  const again = wishes(seed);
  here.world.steer(() => again(here.world.tick));
  here.run(30_000);

  const ticks = Math.min(byServer.length, byOneself.length) - 1;
  expect(ticks, `seed ${seed}`).toBeGreaterThan(550);
  const place = (state: unknown) => {
    const { 'kit.position': position, ...rest } = state as typeof AT_REST;
    return { ...rest, x: position!['x'], y: position!['y'] };
  };
  for (let tick = 1; tick <= ticks; tick++) expect(place(byOneself[tick]), `seed ${seed}, tick ${tick}`).toEqual(place(byServer[tick]));
  expect(place(byOneself[ticks])).not.toEqual(place(AT_REST));
});

test('the own avatar is drawn without jumps, and everything in one moment', async () => {
  const { world, run } = await alone({
    begin: (all) => void all.spawn({ x: 1e9 + 10 }, { 'a.b': { n: 1 } }),
    tick: (all, tick, seconds) => all.move(2n, { x: 1e9 + 10 + 30 * tick * seconds }),
  });
  world.steer(() => ({ moveX: 1 }));
  let [own, other] = [1e9, 1e9 + 10];
  let [ownStep, otherStep] = [0, 0];
  run(10_000, 8, () => {
    const at = world.sampleSelf();
    const that = world.entities.get(2n)?.sample(world.renderTimeMs());
    if (at === undefined || that === undefined) return;
    ownStep = Math.max(ownStep, Math.abs(at.x - own));
    otherStep = Math.max(otherStep, Math.abs(that.x - other));
    [own, other] = [at.x, that.x];
  });
  expect(own).toBeGreaterThan(1e9 + 200);
  expect(ownStep).toBeLessThan(40 * 0.008 + 0.001);
  expect(otherStep).toBeLessThan(30 * 0.008 + 0.001);
});

test('an avatar that crosses a border goes on where it was, from another origin', async () => {
  const { world, run } = await alone({ partition: 'strip;count=2;width=100;depth=100', avatar: { place: { x: 90 }, components: AT_REST } });
  world.steer(() => ({ moveX: 1 }));
  let [before, step] = [90, 0];
  const regions = new Set<number>();
  run(2_500, 8, () => {
    const at = world.sampleSelf();
    if (at === undefined) return;
    step = Math.max(step, Math.abs(at.x - before));
    before = at.x;
    regions.add(world.self!.region.a);
  });
  expect([...regions]).toEqual([0, 1]);
  expect(step).toBeLessThan(40 * 0.008 + 0.001);
  expect(Number(world.self!.components['kit.position']!['x'])).toBeCloseTo(world.self!.worldX - 150, 4);
});

test('things come into view, change and leave as with a server, and each is told once', async () => {
  const { world, run } = await alone({ viewMetres: 100 });
  const told: string[] = [];
  world.onEnter('a.b', (entity) => told.push(`enter ${entity.id} ${entity.components['a.b']!['n']}`));
  world.onChange('a.b', (entity, fields) => told.push(`change ${entity.id} ${fields.join()}`));
  world.onLeave((entity, reason) => told.push(`leave ${entity.id} ${reason}`));
  world.onEvent('a.*', (event) => told.push(`event ${event.topic}`));
  const near = world.spawn({ x: 1e9 + 20 }, { 'a.b': { n: 1, m: 1 } });
  const far = world.spawn({ x: 1e9 + 120 }, { 'a.b': { n: 2, m: 1 } });
  run(100);
  world.update(near.id, { 'a.b': { n: 3, m: 1 } });
  world.tell('a.happened', { x: 1 });
  run(100);
  world.move(far.id, { x: 1e9 + 50 });
  run(100);
  world.move(far.id, { x: 1e9 + 104 }); // at the rim
  run(100);
  world.move(far.id, { x: 1e9 + 106 });
  run(100);
  expect(world.remove(near.id)).toBe(true);
  expect(world.remove(near.id)).toBe(false);
  run(100);
  expect(told).toEqual([
    ...['enter 2 1', 'change 2 a.b.n', 'event a.happened', 'enter 3 2'],
    ...['leave 3 left-view', 'leave 2 despawned'],
  ]);
  expect([...world.entities.keys()]).toEqual([world.self!.avatar]);
});

test('time stands still while nobody draws', async () => {
  const { world, run } = await alone();
  run(1_000);
  const { tick } = world;
  run(60_000, 60_000); // the window was hidden
  expect(world.tick).toBe(tick + 5);
  run(1_000);
  expect(world.tick).toBe(tick + 25);
});

test('whoever is told of a tick may ask where things are, and may change them', async () => {
  const { world, run } = await alone();
  world.steer(() => ({ moveX: world.sampleSelf()!.x > 0 ? 1 : 0 }));
  world.on('self', () => void (world.selfTick, world.tick === 3 && world.spawn({}, {})));
  run(1_000);
  expect(world.tick).toBe(1_000 / TICK_MS);
  expect(world.entities.size).toBe(2);
});

test('says what is wrong', async () => {
  const { world, states } = await alone({ entityCountMax: 2 });
  expect(world.spawn({}, {})).toMatchObject({ worldX: 0, worldY: 0, region: { a: 0, b: 0 } });
  expect(() => world.spawn({}, {})).toThrow('the world holds 2 entities, and that is its limit (entityCountMax)');
  expect(() => world.update(99n, {})).toThrow('there is no entity 99 in this world');
  expect(world.remove(world.self?.avatar ?? 1n)).toBe(false);
  world.close();
  expect(states).toEqual(['open', 'closed']);

  const broken = await alone({ rule: Promise.reject(new Error('404')) });
  await Promise.resolve();
  expect(broken.states).toEqual(['closed NO_RULE']);
  expect(broken.world.stateReason).toContain('404');
});
