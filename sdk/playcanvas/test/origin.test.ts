import { describe, expect, it } from 'vitest';
import { Origin } from '../src/origin.js';

describe('Origin', () => {
  it('puts the own ship in the middle of the scene', () => {
    const origin = new Origin();
    origin.moveTo(1200, -340);
    expect([origin.sceneX(1200), origin.sceneZ(-340)]).toEqual([0, 0]);
  });

  it('shows north away from the viewer and east to the right', () => {
    const origin = new Origin();
    origin.moveTo(100, 100);
    expect(origin.sceneZ(110)).toBe(-10);
    expect(origin.sceneX(110)).toBe(10);
  });

  it('finds the world point of a scene point again', () => {
    const origin = new Origin();
    origin.moveTo(-812.5, 77.25);
    expect(origin.worldX(origin.sceneX(3.5))).toBeCloseTo(3.5, 9);
    expect(origin.worldY(origin.sceneZ(-9.25))).toBeCloseTo(-9.25, 9);
  });
});
