import type { EntityWith } from '@terrane/client';
import { describe, expect, it } from 'vitest';
import type { Skirmish } from '../src/net/skirmishGame.js';
import { craftOf, eventOf } from '../src/net/skirmishWire.js';

function sample(): never {
  throw new Error('not asked for here');
}

type Body = EntityWith<Skirmish, 'skirmish.craft'>;

function entity(components: Body['components']): Body {
  return {
    id: 9007199254740993n,
    ownership: 0,
    region: { a: 0, b: 0 },
    layer: 0,
    components,
    worldX: 10,
    worldY: 20,
    worldZ: 0,
    tick: 1,
    sample,
  };
}

describe('craftOf', () => {
  it('says of a ship of the own wing that it is cloaked', () => {
    const components = { 'skirmish.craft': { kind: 0, variant: 0, size: 3 }, 'kit.nameplate': { name: 'Nova' } };
    expect(craftOf(entity(components)).name).toBe('Nova');
    expect(craftOf(entity({ ...components, 'skirmish.wing': { energy: 80, cloaked: true } })).name).toBe('Nova · cloaked');
  });

  it('reads a ship with all 64 bits of its id', () => {
    const craft = craftOf(
      entity({
        'skirmish.craft': { kind: 0, variant: 2, size: 3 },
        'skirmish.vitals': { shield: 99.75, armor: 80, hull: 120 },
        'skirmish.pilot': { score: 300, kills: 3 },
        'kit.nameplate': { name: 'Nova' },
      }),
    );
    expect(craft).toMatchObject({
      id: '9007199254740993',
      kind: 'ship',
      variant: 2,
      size: 3,
      name: 'Nova',
      score: 300,
      kills: 3,
      x: 10,
      y: 20,
    });
    expect(craft.vitals).toEqual({ shield: 99.75, armor: 80, hull: 120 });
  });

  it('calls what it does not know a wreck', () => {
    expect(craftOf(entity({ 'skirmish.craft': { kind: 17, variant: -2, size: 0 } }))).toMatchObject({
      kind: 'wreck',
      variant: 2,
      size: 1,
      name: '',
      vitals: undefined,
    });
  });
});

describe('eventOf', () => {
  const region = { a: 0, b: 0 };

  it('moves an event from its region into the world', () => {
    const payload = { shooter: 7n, x: 1, y: 2, toX: 3, toY: 4, weapon: 1 };
    const event = eventOf({ topic: 'skirmish.shot', payload, region }, 100, 200);
    expect(event).toEqual({ type: 'shot', shooter: '7', x: 101, y: 202, toX: 103, toY: 204, weapon: 1 });
  });

  it('knows where a target was for its shooter, and where it is', () => {
    const payload = { target: 7n, seenX: 1, seenY: 2, x: 3, y: 4, radius: 3, boltX: 3, boltY: 4, lagTicks: 5, firedTick: 9 };
    const event = eventOf({ topic: 'skirmish.judged', payload, region }, 100, 200);
    expect(event).toEqual({ type: 'judged', target: '7', seenX: 101, seenY: 202, x: 103, y: 204, radius: 3 });
  });

  it('names the nameless', () => {
    const payload = { victim: 1n, by: 2n, victimName: '', byName: 'Vex', x: 0, y: 0, kind: 1 };
    const event = eventOf({ topic: 'skirmish.destroyed', payload, region }, 0, 0);
    expect(event).toMatchObject({ victimName: 'A raider', byName: 'Vex', kind: 'drone' });
  });
});
