import { beforeEach, expect, test } from 'vitest';
import type { Entity, Fields } from '../src/api.js';
import { EntityWatch } from '../src/entityWatch.js';

let log: string[];
let inView: Map<bigint, Entity>;
let watch: EntityWatch;

beforeEach(() => {
  log = [];
  inView = new Map();
  watch = new EntityWatch(inView);
});

function entity(id: bigint, components: Record<string, Fields>): Entity & { components: Record<string, Fields> } {
  return { id, components } as Entity & { components: Record<string, Fields> };
}

function listen(component: string): void {
  watch.on('enter', component, (each) => log.push(`enter ${each.id}`));
  watch.on('change', component, (each, fields) => log.push(`change ${each.id} ${fields}`));
  watch.on('leave', component, (each, reason) => log.push(`leave ${each.id} ${reason}`));
}

test('tells of all entities', () => {
  watch.on('enter', (each) => log.push(`enter ${each.id}`), undefined);
  const off = watch.on('leave', (each, reason) => log.push(`leave ${each.id} ${reason}`), undefined);
  const rock = entity(1n, {});
  watch.entered(rock);
  watch.left(rock, 'left-view');
  off();
  watch.left(rock, 'left-view');
  expect(log).toEqual(['enter 1', 'leave 1 left-view']);
});

test('tells of those that have a component, and of its fields only', () => {
  listen('test.ship');
  const ship = entity(1n, { 'test.ship': { hull: 1 } });
  const rock = entity(2n, { 'test.rock': { size: 1 } });
  for (const each of [ship, rock]) watch.entered(each);
  watch.changed(ship, ['kit.position.x', 'test.ship.hull', 'test.shipyard.size']);
  watch.changed(ship, ['kit.position.x']);
  watch.changed(rock, ['test.rock.size']);
  for (const each of [ship, rock]) watch.left(each, 'despawned');
  expect(log).toEqual(['enter 1', 'change 1 test.ship.hull', 'leave 1 despawned']);
});

test('an entity comes when it gets the component, and goes when it loses it', () => {
  listen('test.wing');
  const ship = entity(1n, {});
  watch.entered(ship);
  expect(log).toEqual([]);
  ship.components = { 'test.wing': { energy: 5 } };
  watch.changed(ship, ['test.wing.energy']);
  ship.components = {};
  watch.changed(ship, ['test.wing.energy']);
  watch.left(ship, 'left-view');
  expect(log).toEqual(['enter 1', 'leave 1 lost-component']);
});

test('whoever is there already changes and leaves, but does not come again', () => {
  const ship = entity(1n, { 'test.ship': { hull: 1 } });
  inView.set(1n, ship);
  listen('test.ship');
  watch.changed(ship, ['test.ship.hull']);
  watch.left(ship, 'left-view');
  expect(log).toEqual(['change 1 test.ship.hull', 'leave 1 left-view']);
});

test('a component without a handler is a mistake', () => {
  expect(() => watch.on('enter', 'test.ship', undefined)).toThrow('test.ship');
});
