import { describe, expect, it } from 'vitest';
import { approach, mixAngle, rayToPlane, wrapAngle } from '../src/space/coordinates.js';

describe('rayToPlane', () => {
  it('meets the plane below the eye', () => {
    expect(rayToPlane(5, 10, 2, 1, -1, 0.5)).toEqual({ x: 15, z: 7 });
  });

  it('meets nothing above the horizon', () => {
    expect(rayToPlane(0, 10, 0, 1, 0.2, 0)).toBeUndefined();
    expect(rayToPlane(0, 10, 0, 1, 0, 0)).toBeUndefined();
  });
});

describe('angles', () => {
  it('stay within a half turn to either side', () => {
    expect(wrapAngle(2.5 * Math.PI)).toBeCloseTo(Math.PI / 2, 9);
    expect(wrapAngle(-0.5)).toBe(-0.5);
    expect(wrapAngle(7)).toBeCloseTo(7 - 2 * Math.PI, 9);
  });

  it('mix the short way round', () => {
    expect(Math.abs(mixAngle(3, -3, 0.5))).toBeCloseTo(Math.PI, 9);
    expect(mixAngle(0.2, 0.6, 0.25)).toBeCloseTo(0.3, 9);
  });
});

describe('approach', () => {
  it('reaches the same place in one step or in many', () => {
    let left = 1;
    for (let i = 0; i < 10; i++) left *= 1 - approach(4, 0.01);
    expect(1 - left).toBeCloseTo(approach(4, 0.1), 9);
  });
});
