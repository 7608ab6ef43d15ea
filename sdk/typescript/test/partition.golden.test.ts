import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openSides, parsePartition } from '../src/partition.js';

interface Region {
  a: number;
  b: number;
  originX: number;
  originY: number;
  outline: number[];
  openSides: number[];
  neighbours: unknown[];
}

const file = new URL('../../../core/space/src/test/resources/golden/partitions.json', import.meta.url);
const { partitions } = JSON.parse(readFileSync(file, 'utf8')) as {
  partitions: { describe: string; regions: Region[]; positions: { x: number; y: number; a: number; b: number }[] }[];
};

for (const { describe, regions, positions } of partitions) {
  test(`cuts ${describe} as the server does`, () => {
    const partition = parsePartition(describe);
    expect(partition.regions()).toEqual(regions.map(({ a, b }) => ({ a, b })));
    for (const region of regions) {
      expect(partition.originX(region)).toBe(region.originX);
      expect(partition.originY(region)).toBe(region.originY);
      expect(partition.outline(region)).toEqual(region.outline);
      expect([...openSides(partition, region)]).toEqual(region.openSides);
      expect(partition.neighbours(region).length).toBe(region.neighbours.length);
    }
    for (const { x, y, a, b } of positions) expect(partition.regionAt(x, y), `${x}, ${y}`).toEqual({ a, b });
  });
}

test('says what is wrong with a description', () => {
  expect(() => parsePartition('hex;columns=4;rows=4')).toThrow('radius');
  expect(() => parsePartition('h3;resolution=9')).toThrow('strip, hex and single');
});
