import { describe, expect, it } from 'vitest';
import { FIRE } from '../src/input/pilot.js';
import type { Craft } from '../src/net/link.js';
import { type Gunner, OwnShots } from '../src/net/ownShots.js';

const TICK = 0.05;
const GUNNER: Gunner = { x: 100, y: 0, yaw: 0, velocityX: 20, velocityY: 0, size: 3, variant: 2, hull: 100, energy: 100 };
const FIRING = { held: FIRE };

function craft(id: string, kind: Craft['kind'], x: number, size: number, hull: number): Craft {
  const vitals = kind === 'asteroid' ? undefined : { shield: 0, armor: 0, hull };
  return { id, kind, x, y: 0, z: 0, yaw: 0, size, variant: 0, name: '', vitals, score: 0, kills: 0, region: 0, layer: 0 };
}

function newShots(...others: Craft[]): { shots: OwnShots; crafts: Map<string, Craft>; drawn: () => number[] } {
  const crafts = new Map(others.map((each) => [each.id, each]));
  const drawn = () => [...crafts.values()].filter(({ kind }) => kind === 'bolt').map(({ x }) => Math.round(x * 100) / 100);
  return { shots: new OwnShots(TICK, crafts), crafts, drawn };
}

describe('OwnShots', () => {
  it("leave the muzzle with the speed of the ship and of the gun, in the own ship's time", () => {
    const { shots, drawn } = newShots();
    expect(shots.step(10, FIRING, GUNNER, 4)?.variant).toBe(2);
    shots.draw(9.5, 0.1);
    expect(drawn()).toEqual([]);
    shots.draw(10, 0.1);
    expect(drawn()).toEqual([103.4]);
    shots.draw(12, 0.1);
    expect(drawn()).toEqual([103.4 + 0.1 * 180]);
  });

  it('leave as often as the gun can and the energy lasts', () => {
    const { shots } = newShots();
    const fired = Array.from({ length: 20 }, (_, tick) => shots.step(tick, FIRING, { ...GUNNER, energy: 22 }, 99)).filter(
      Boolean,
    );
    expect(fired.length).toBe(3);
    const rested = newShots().shots;
    expect(Array.from({ length: 20 }, (_, tick) => rested.step(tick, FIRING, GUNNER, 0)).filter(Boolean).length).toBe(5);
    expect(rested.step(20, FIRING, { ...GUNNER, hull: 0 }, 0)).toBeUndefined();
    expect(rested.step(21, { pressed: FIRE }, GUNNER, 0)).toBeDefined();
  });

  it("take the place of the server's bolts", () => {
    const { shots, crafts } = newShots(craft('77', 'bolt', 90, 0.4, 0));
    shots.step(10, FIRING, GUNNER, 4);
    expect(shots.confirm('77', 10)).toBe(true);
    expect(crafts.has('77')).toBe(false);
    expect(shots.isHidden('77')).toBe(true);
    expect(shots.confirm('78', 9)).toBe(false);
    shots.forget('77');
    expect(shots.isHidden('77')).toBe(false);
  });

  it('end where the server did not fire, and after their time', () => {
    const { shots, drawn } = newShots();
    shots.step(10, FIRING, GUNNER, 4);
    shots.draw(10 + 0.55 / TICK, 0.1);
    expect(drawn().length).toBe(1);
    shots.draw(10 + 0.65 / TICK, 0.1);
    expect(drawn()).toEqual([]);
    shots.step(40, FIRING, GUNNER, 4);
    shots.confirm('1', 40);
    shots.draw(40 + 1.15 / TICK, 0.1);
    expect(drawn().length).toBe(1);
    shots.draw(40 + 1.25 / TICK, 0.1);
    expect(drawn()).toEqual([]);
  });

  it('end at whom they meet on the screen, however fast they are, but not at wrecks or the own ship', () => {
    const me = craft('me', 'ship', 100, 3, 100);
    const { shots, drawn } = newShots(me, craft('dead', 'ship', 110, 3, 0), craft('drone', 'drone', 120, 2, 40));
    shots.own = 'me';
    shots.step(10, FIRING, GUNNER, 4);
    shots.draw(10, 0.1);
    shots.draw(11, 0.1);
    expect(drawn().length).toBe(1);
    shots.draw(14, 0.1);
    expect(drawn()).toEqual([]);
  });
});
