import { describe, expect, it } from 'vitest';
import { ownerColor, Owners } from '../src/hud/owners.js';
import type { Craft } from '../src/net/link.js';

describe('ownerColor', () => {
  it('gives every region of the sector a colour of its own', () => {
    const colors = Array.from({ length: 16 }, (_, region) => ownerColor(region, 0, 50));
    expect(new Set(colors).size).toBe(16);
  });

  it('tells the layers of a split region apart', () => {
    const colors = Array.from({ length: 8 }, (_, layer) => ownerColor(5, layer, 100));
    expect(new Set(colors).size).toBe(8);
  });
});

function craftOf(id: string, region: number, layer: number): Craft {
  return {
    id,
    kind: 'drone',
    variant: 0,
    size: 1,
    name: '',
    vitals: undefined,
    score: 0,
    kills: 0,
    x: 0,
    y: 0,
    z: 0,
    yaw: 0,
    region,
    layer,
  };
}

/** One craft in each of these cells. */
function at(...places: [region: number, layer: number][]): Map<string, Craft> {
  return new Map(places.map(([region, layer], i) => [String(i), craftOf(String(i), region, layer)]));
}

describe('Owners', () => {
  it('counts what each cell simulates, in the order of regions and layers', () => {
    const owners = new Owners();
    owners.count(at([5, 1], [2, 0], [5, 0], [5, 1]));
    expect(owners.seen).toEqual([
      { region: 2, layer: 0, count: 1 },
      { region: 5, layer: 0, count: 1 },
      { region: 5, layer: 1, count: 2 },
    ]);
  });

  it('forgets a cell that has nothing in view any more', () => {
    const owners = new Owners();
    owners.count(at([5, 1], [2, 0]));
    owners.count(at([2, 0]));
    expect(owners.seen.map((owner) => owner.region)).toEqual([2]);
  });

  it('tells which layers of a region are in view', () => {
    const owners = new Owners();
    owners.count(at([5, 2], [2, 0], [5, 0]));
    const layers: number[] = [];
    owners.layersOf(5, layers);
    expect(layers).toEqual([0, 2]);
    owners.layersOf(9, layers);
    expect(layers).toEqual([]);
  });
});
