import { expect, test } from 'vitest';
import type { Entity } from '../src/api.js';
import { parsePartition } from '../src/partition.js';
import { Solids } from '../src/solids.js';

const PARTITION = parsePartition('strip;count=4;width=100;depth=100');
const SOLID = { radius: { component: 'rock', field: 'size' }, kind: { component: 'rock', field: 'kind' }, value: 2 };
const [EAST, ORIGIN_X, ORIGIN_Y] = [{ a: 1, b: 0 }, PARTITION.originX({ a: 1, b: 0 }), PARTITION.originY({ a: 1, b: 0 })];

/** @param x from the origin of the second region */
function entity(x: number, y: number, rock?: { kind: number; size: number }): Entity {
  const components = rock === undefined ? {} : { rock };
  return { components, worldX: ORIGIN_X + x, worldY: ORIGIN_Y + y } as never;
}

function near(...entities: Entity[]): number[] {
  return new Solids(SOLID, PARTITION, new Map(entities.map((each, i) => [BigInt(i), each]))).near(EAST, 0, 0);
}

test('are the rocks that are near, from the origin of the region, whichever cell they are in', () => {
  const rock = { kind: 2, size: 5 };
  expect(near(entity(10, 20, rock), entity(-60, 0, rock))).toEqual([10, 20, 5, -60, 0, 5]);
});

test('are neither what is of another kind nor what is far', () => {
  expect(near(entity(1, 1), entity(2, 2, { kind: 1, size: 5 }), entity(66, 0, { kind: 2, size: 5 }))).toEqual([]);
});

test('are the nearest, where a rule would not take all', () => {
  const rocks = Array.from({ length: 40 }, (_, i) => entity(50 - i, 0, { kind: 2, size: 1 }));
  const solids = near(...rocks);
  expect(solids.length).toBe(32 * 3);
  expect(Math.max(...solids.filter((_, i) => i % 3 === 0))).toBe(42);
});
