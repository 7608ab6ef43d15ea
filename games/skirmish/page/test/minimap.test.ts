import { parsePartition } from '@terrane/client';
import { describe, expect, it } from 'vitest';
import { Projection } from '../src/hud/projection.js';
import { borderSegments, gridSegments } from '../src/scene/lines.js';

const SECTOR = parsePartition('hex;columns=4;rows=4;radius=256.0');
const OUTLINES = SECTOR.regions().map((region) => SECTOR.outline(region));

describe('Projection', () => {
  it('keeps every corner of the sector on the map', () => {
    const map = Projection.around(OUTLINES, 200);
    for (const outline of OUTLINES) {
      for (let i = 0; i < outline.length; i += 2) {
        expect(map.x(outline[i])).toBeGreaterThanOrEqual(0);
        expect(map.x(outline[i])).toBeLessThanOrEqual(200);
        expect(map.y(outline[i + 1])).toBeGreaterThanOrEqual(0);
        expect(map.y(outline[i + 1])).toBeLessThanOrEqual(200);
      }
    }
  });

  it('draws north up', () => {
    const map = Projection.around([[0, 0, 100, 0, 100, 100, 0, 100]], 120);
    expect(map.y(100)).toBeLessThan(map.y(0));
    expect(map.x(100)).toBeGreaterThan(map.x(0));
    expect([map.x(50), map.y(50)]).toEqual([60, 60]);
  });

  it('has a map even before there is a world', () => {
    expect(Projection.around([], 100).x(0)).toBe(50);
  });
});

describe('borderSegments', () => {
  it('draws a border of two regions once', () => {
    const left = [0, 0, 10, 0, 10, 10, 0, 10];
    const right = [10, 0, 20, 0, 20, 10, 10, 10];
    expect(borderSegments([left, right])).toHaveLength(7);
  });

  it('finds all borders of the sector', () => {
    // 16 hexagons of 6 sides. Shared: 3 in each of 4 rows, and 4 + 3 between each of 3 pairs of rows.
    const segments = borderSegments(OUTLINES);
    expect(segments).toHaveLength(16 * 6 - 33);
  });
});

describe('gridSegments', () => {
  it('has as many lines along as across', () => {
    expect(gridSegments(32, 2)).toHaveLength(10);
  });
});
