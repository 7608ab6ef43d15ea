import { beforeEach, expect, test } from 'vitest';
import type { Entity } from '../src/api.js';
import { WireLayout } from '../src/layout.js';
import { parsePartition } from '../src/partition.js';
import type { Snapshot } from '../src/snapshot.js';
import { View } from '../src/view.js';
import { Bytes, delta, forget, keyframe, SCHEMA, squadKeyframe } from './wire.js';

const DESPAWNED = 0;
const MOVED = 1;
const HANDED = 2;
const HIDDEN = 3;

let entities: Map<bigint, Entity>;
let log: string[];
let view: View;
let tick: number;

beforeEach(() => {
  entities = new Map();
  log = [];
  tick = 0;
  view = newView();
});

function newView(): View {
  const partition = parsePartition('strip;count=4;width=100;depth=100');
  const options = { partition, extrapolationMsMax: 250, teleportSpeed: 500, tickMs: 50, snapshotTicks: 1 };
  return new View(new WireLayout(SCHEMA), options, entities, {
    enter: (entity) => log.push(`enter ${entity.id}`),
    change: (entity, fields) => log.push(`change ${entity.id} ${fields.join(' ')}`),
    leave: (entity, reason) => log.push(`leave ${entity.id} ${reason}`),
    event: (name, _, region) => log.push(`event ${name} in ${region.a}`),
    self: () => log.push('self'),
    inputMargin: (millis) => log.push(`margin ${millis}`),
  });
}

function apply(records: Uint8Array[], isKeyframe = false): string[] {
  tick++;
  const payload = records.reduce((out, each) => out.bytes(each), new Bytes()).done();
  const snapshot: Snapshot = {
    ...{ tick, ackSeq: 0, serverTime: tick * 50, cellEpoch: 1n, dilation: 1, shed: 0, avatar: 1n, ownership: 0 },
    ...{ regionA: 0, regionB: 0, layer: 0, keyframe: isKeyframe, payload },
  };
  log.length = 0;
  view.apply(snapshot);
  return [...log];
}

test('enters, changes and despawns', () => {
  expect(apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 10, y: 20 }])])).toEqual(['enter 9']);
  const entity = entities.get(9n)!;
  expect(entity.components['kit.position']).toEqual({ x: 10, y: 20 });
  expect([entity.worldX, entity.worldY]).toEqual([160, 20]);
  expect(apply([delta(1, 5, { changed: [[0, 4]], events: [0] })])).toEqual(['change 9 kit.position.x', 'event bang in 1']);
  expect(entity.worldX).toBe(164);
  expect(entity.sample(75).x).toBe(162);
  expect(apply([delta(1, 6, { left: [[0, DESPAWNED]] })])).toEqual(['leave 9 despawned']);
  expect(entities.size).toBe(0);
});

test('puts what a squad is told beside what everybody knows', () => {
  apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 10, y: 20 }])]);
  const entity = entities.get(9n)!;
  expect(apply([squadKeyframe(1, 1, [[9, 70]])])).toEqual(['change 9 test.link.fuel']);
  expect(apply([delta(1, 5, { changed: [[0, 4]] })])).toEqual(['change 9 kit.position.x']);
  expect(entity.components).toEqual({ 'kit.position': { x: 14, y: 20 }, 'test.link': { fuel: 70 } });
  expect(apply([squadKeyframe(1, 2, [[9, 69]])])).toEqual(['change 9 test.link.fuel']);
  expect(apply([squadKeyframe(1, 3, [])])).toEqual(['change 9 test.link.fuel']);
  expect(entity.components).toEqual({ 'kit.position': { x: 14, y: 20 } });
});

test('says so when an entity loses a component', () => {
  apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 10, y: 20, fuel: 70 }])]);
  expect(entities.get(9n)!.components['test.link']).toEqual({ fuel: 70 });
  expect(apply([keyframe(1, 6, [{ slot: 0, id: 9, x: 10, y: 20 }])])).toEqual(['change 9 test.link.fuel']);
  expect(entities.get(9n)!.components['test.link']).toBeUndefined();
});

test('keeps what a squad is told of somebody out of sight until it is seen', () => {
  expect(apply([squadKeyframe(1, 1, [[9, 70]])])).toEqual([]);
  expect(apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 10, y: 20 }])])).toEqual(['enter 9']);
  expect(entities.get(9n)!.components['test.link']).toEqual({ fuel: 70 });
});

test('keeps who hides from others in the view of those from whom it does not', () => {
  apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 10, y: 20 }]), keyframe(2, 1, [])]);
  const hidden = delta(1, 5, { left: [[0, HIDDEN]] });
  expect(apply([hidden, keyframe(2, 2, [{ slot: 0, id: 9, x: -90, y: 20 }])])).toEqual(['change 9 kit.position.x']);
});

test('keeps an entity that is handed over the same object', () => {
  apply([keyframe(1, 5, [{ slot: 0, id: 9, ownership: 1, x: 49, y: 0 }]), keyframe(2, 1, [])]);
  const entity = entities.get(9n);
  const handed = delta(1, 5, { left: [[0, HANDED]] });
  const arrived = delta(2, 1, { entered: [{ slot: 3, id: 9, ownership: 2, x: -50, y: 0 }] });
  expect(apply([handed, arrived])).toEqual(['change 9 kit.position.x']);
  expect(entities.get(9n)).toBe(entity);
  expect(entity).toMatchObject({ worldX: 200, ownership: 2, region: { a: 2, b: 0 } });
});

test('waits five snapshots for somebody to claim what was handed over', () => {
  apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 0, y: 0 }])]);
  expect(apply([delta(1, 5, { left: [[0, HANDED]] })])).toEqual([]);
  for (let i = 0; i < 4; i++) expect(apply([])).toEqual([]);
  expect(apply([])).toEqual(['leave 9 left-view']);
});

test('takes an entity back within the grace', () => {
  apply([keyframe(1, 5, [{ slot: 0, id: 9, x: 0, y: 0 }])]);
  apply([delta(1, 5, { left: [[0, MOVED]] })]);
  apply([]);
  expect(apply([keyframe(2, 1, [{ slot: 0, id: 9, ownership: 1, x: 1, y: 0 }])])).toEqual(['change 9 kit.position.x']);
  for (let i = 0; i < 9; i++) expect(apply([])).toEqual([]);
});

test('believes the higher ownership counter, whatever comes last', () => {
  apply([keyframe(2, 1, [{ slot: 0, id: 9, ownership: 3, x: 5, y: 0 }])]);
  expect(apply([keyframe(1, 1, [{ slot: 0, id: 9, ownership: 2, x: 7, y: 0 }])])).toEqual([]);
  expect(entities.get(9n)!.worldX).toBe(255);
  expect(apply([delta(1, 1, { changed: [[0, 1]] })])).toEqual([]);
  // The old copy goes, even with a word that sounds final: the entity stays.
  expect(apply([delta(1, 2, { left: [[0, DESPAWNED]] })])).toEqual([]);
  expect(entities.has(9n)).toBe(true);
});

test('falls back to another copy when the believed one is forgotten', () => {
  apply([keyframe(1, 1, [{ slot: 0, id: 9, ownership: 1, x: 0, y: 0 }])]);
  apply([keyframe(2, 1, [{ slot: 0, id: 9, ownership: 2, x: 0, y: 0 }])]);
  apply([forget(2)]);
  expect(entities.get(9n)).toMatchObject({ worldX: 150, ownership: 1 });
});

test('lets a forgotten chunk and a hidden entity leave view at once', () => {
  apply([keyframe(1, 1, [1, 2].map((id) => ({ slot: id, id, x: 0, y: 0 })))]);
  expect(apply([delta(1, 1, { left: [[1, HIDDEN]] })])).toEqual(['leave 1 left-view']);
  expect(apply([forget(1)])).toEqual(['leave 2 left-view']);
});

test('heals by keyframe: what it does not list waits, what it lists goes on', () => {
  apply([keyframe(1, 1, [1, 2].map((id) => ({ slot: id, id, x: 0, y: 0 })))]);
  expect(apply([keyframe(1, 9, [{ slot: 2, id: 2, x: 6, y: 0 }])])).toEqual(['change 2 kit.position.x']);
  for (let i = 0; i < 4; i++) apply([]);
  expect(apply([delta(1, 9, { changed: [[2, 1]] })])).toEqual(['leave 1 left-view', 'change 2 kit.position.x'].reverse());
});

test('needs nothing before a frame that is a keyframe', () => {
  apply([keyframe(1, 1, [{ slot: 1, id: 1, x: 0, y: 0 }])]);
  const entity = entities.get(1n);
  expect(apply([keyframe(1, 4, [{ slot: 0, id: 1, x: 0, y: 0 }])], true)).toEqual([]);
  expect(entities.get(1n)).toBe(entity);
  expect(apply([delta(1, 4, { changed: [[0, 1]] })])).toEqual(['change 1 kit.position.x']);
});

test('goes on with the same entities in another view', () => {
  apply([keyframe(1, 1, [1, 2].map((id) => ({ slot: id, id, x: 0, y: 0 })))]);
  const entity = entities.get(1n);
  const next = newView();
  next.inherit(view);
  view = next;
  expect(apply([keyframe(1, 1, [{ slot: 0, id: 1, x: 0, y: 0 }])], true)).toEqual([]);
  expect(entities.get(1n)).toBe(entity);
  for (let i = 0; i < 3; i++) apply([]);
  expect(apply([])).toEqual(['leave 2 left-view']);
});

test('dates a state by its age', () => {
  apply([keyframe(1, 1, [{ slot: 1, id: 1, x: 0, y: 0 }])]);
  tick = 9;
  apply([keyframe(1, 2, [{ slot: 1, id: 1, x: 8, y: 0 }], 2)]);
  expect(view.stalenessTicks).toBe(2);
  expect(entities.get(1n)!.tick).toBe(8);
  expect(entities.get(1n)!.sample(400).x).toBe(158);
});

test('refuses a delta whose base it does not have', () => {
  apply([keyframe(1, 1, [])]);
  expect(() => apply([delta(1, 2, {})])).toThrow('at version 1, but a delta needs a version that ends in 2');
  expect(() => apply([delta(3, 1, {})])).toThrow('slice 3 is unknown');
});

test('refuses a number that still belongs to another slice', () => {
  apply([keyframe(1, 1, [])]);
  expect(() => apply([keyframe(2, 1, [], 0, 1)])).toThrow('number 1 is of slice 1,0#0/7.0, and now of 2,0#0/7.0');
  apply([forget(1), keyframe(2, 1, [], 0, 1)]);
});
