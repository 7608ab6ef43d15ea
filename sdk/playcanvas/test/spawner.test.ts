import type { Entity as WorldEntity } from '@terrane/client';
import { Entity } from 'playcanvas';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EntitySpawner, InterpolatedTransform, NetworkEntity, PredictedPlayer, type TerraneSession } from '../src/index.js';
import { FAR, TestStage } from './stage.js';

let stage: TestStage;
beforeEach(() => (stage = new TestStage()));
afterEach(() => stage.close());

let made: string[];

async function spawning(properties: object = {}): Promise<{ session: TerraneSession; spawner: EntitySpawner; names: () => string[] }> {
  made = [];
  const make = (kind: string, own: boolean) => {
    made.push(own ? `own ${kind}` : kind);
    return kind === '9' ? undefined : new Entity(`kind ${kind}`, stage.app);
  };
  const entity = stage.put('all', [EntitySpawner, { component: 'a.thing', kindField: 'kind', make, ...properties }]);
  const session = stage.session();
  await TestStage.settled();
  const spawner = entity.script!.get<EntitySpawner>(EntitySpawner)!;
  return { session, spawner, names: () => entity.children.filter((each) => each.enabled).map((each) => each.name) };
}

const spawn = (session: TerraneSession, kind: number, x = 0): WorldEntity =>
  session.localWorld!.spawn({ x: FAR + x }, { 'a.thing': { kind }, 'a.more': { n: 0 } });

test('what comes into view is made, hears of changes, and is used again when it has left', async () => {
  const { session, spawner, names } = await spawning();
  const [first, second] = [spawn(session, 0, 10), spawn(session, 1)];
  session.localWorld!.spawn({ x: FAR }, { 'a.other': { kind: 0 } });
  stage.run(200);
  expect(names()).toEqual(['kind 0', 'kind 1']);
  const shown = spawner.find(first.id)!;
  const network = shown.script!.get<NetworkEntity>(NetworkEntity)!;
  const heard: string[] = [];
  for (const name of ['enter', 'change', 'leave']) network.on(name, () => heard.push(name));
  session.localWorld!.update(first.id, { 'a.more': { n: 7 } });
  stage.run(100);
  expect(network.component('a.more')).toEqual({ n: 7 });
  session.localWorld!.remove(first.id);
  stage.run(100);
  expect(names()).toEqual(['kind 1']);
  expect(network.target).toBeUndefined();
  const third = spawn(session, 0, 30);
  stage.run(100);
  expect(spawner.find(third.id)).toBe(shown);
  expect(shown.getLocalPosition().x).toBe(FAR + 30);
  expect(heard).toEqual(['change', 'leave', 'enter']);
  expect(made).toEqual(['0', '1']);
  expect(spawner.find(second.id)!.script!.has(InterpolatedTransform)).toBe(true);
});

test('what becomes of another kind looks otherwise, and of some kinds nothing is to be seen', async () => {
  const { session, names } = await spawning();
  const it = spawn(session, 0);
  spawn(session, 9);
  stage.run(100);
  session.localWorld!.update(it.id, { 'a.thing': { kind: 2 } });
  stage.run(100);
  expect(names()).toEqual(['kind 2']);
});

test('no more are shown than may be, and no more are kept', async () => {
  const { session, spawner, names } = await spawning({ shownMax: 10, pooledMax: 3 });
  const all = Array.from({ length: 30 }, () => spawn(session, 0));
  stage.run(100);
  expect(names().length).toBe(10);
  for (const each of all.slice(0, 10)) session.localWorld!.remove(each.id);
  stage.run(100);
  expect(names().length).toBe(10);
  expect([...spawner.shown.keys()]).toEqual(all.slice(10, 20).map((each) => each.id));
  for (const each of all) session.localWorld!.remove(each.id);
  stage.run(100);
  expect(names()).toEqual([]);
  expect(spawner.entity.children.length).toBe(3);
});

test('the own avatar is predicted, whenever it is known which one that is', async () => {
  const { session, spawner } = await spawning({ input: { readInput: () => ({ moveX: 1 }) } });
  stage.run(100);
  session.localWorld!.update(session.world!.self!.avatar, { 'a.thing': { kind: 4 } });
  stage.run(2_000);
  const own = spawner.find(session.world!.self!.avatar)!;
  expect(made).toEqual(['own 4']);
  expect(own.script!.has(PredictedPlayer)).toBe(true);
  expect(own.script!.has(InterpolatedTransform)).toBe(false);
  expect(session.own!.x).toBeGreaterThan(FAR + 20);
});

test('who draws for itself has the moment alone', async () => {
  const make = () => {
    const entity = new Entity('batched', stage.app);
    entity.addComponent('script');
    entity.script!.create(InterpolatedTransform, { properties: { places: false } });
    return entity;
  };
  const { session, spawner } = await spawning({ make });
  const it = spawn(session, 0, 50);
  stage.run(200);
  const shown = spawner.find(it.id)!;
  expect(shown.script!.get<InterpolatedTransform>(InterpolatedTransform)!.moment.x).toBe(FAR + 50);
  expect(shown.getLocalPosition().x).toBe(0);
});

test('nothing stays of a world that is left', async () => {
  const { session, spawner, names } = await spawning();
  spawn(session, 0);
  stage.run(100);
  session.stop();
  stage.run(100);
  expect(names()).toEqual([]);
  expect(spawner.shown.size).toBe(0);
  session.start();
  await TestStage.settled();
  spawn(session, 0);
  stage.run(100);
  expect(names()).toEqual(['kind 0']);
  expect(made).toEqual(['0']);
});
