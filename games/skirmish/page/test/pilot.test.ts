import { describe, expect, it } from 'vitest';
import { BOOST, FIRE, Pilot, clampToCircle } from '../src/input/pilot.js';

describe('Pilot', () => {
  it('tells a press once, even if it was let go before the tick', () => {
    const pilot = new Pilot();
    pilot.press(FIRE);
    pilot.release(FIRE);
    expect(pilot.take()).toMatchObject({ held: 0, pressed: FIRE });
    expect(pilot.take()).toMatchObject({ held: 0, pressed: 0 });
  });

  it('does not press again what is held', () => {
    const pilot = new Pilot();
    pilot.press(FIRE);
    pilot.take();
    pilot.press(FIRE);
    pilot.press(BOOST);
    expect(pilot.take()).toMatchObject({ held: FIRE | BOOST, pressed: BOOST });
  });

  it('lets the strongest stick steer', () => {
    const pilot = new Pilot();
    pilot.steer('keys', 0, 0);
    pilot.steer('touch', 0.5, -0.25);
    expect(pilot.take()).toMatchObject({ moveX: 0.5, moveY: -0.25 });
  });

  it('forgets everything when nobody is at the controls', () => {
    const pilot = new Pilot();
    pilot.press(FIRE);
    pilot.steer('keys', 1, 0);
    pilot.releaseAll();
    expect(pilot.take()).toMatchObject({ moveX: 0, moveY: 0, held: 0, pressed: 0 });
  });

  it('looks where it goes without a mouse, and goes on looking there', () => {
    const pilot = new Pilot();
    pilot.steer('keys', 0, 1);
    pilot.aimAlong();
    pilot.steer('keys', 0, 0);
    pilot.aimAlong();
    expect(pilot.take().aim).toBeCloseTo(Math.PI / 2, 9);
  });
});

describe('clampToCircle', () => {
  it('keeps a diagonal no faster than a straight line', () => {
    expect(Math.hypot(clampToCircle(1, 1).x, clampToCircle(1, 1).y)).toBeCloseTo(1, 9);
  });

  it('sends nothing that is not a number', () => {
    expect(clampToCircle(Number.NaN, 1)).toEqual({ x: 0, y: 0 });
    expect(clampToCircle(Infinity, 0)).toEqual({ x: 0, y: 0 });
  });
});
