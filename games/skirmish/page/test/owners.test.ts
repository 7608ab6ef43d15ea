import { describe, expect, it } from 'vitest';
import { ownerColor } from '../src/hud/owners.js';

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
