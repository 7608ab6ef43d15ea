import { expectTypeOf, test } from 'vitest';
import type { CommandResult, DurableEvent, Entity, Fields, GameEvent, GameSchema, LeaveReason, TerraneClient } from '../src/index.js';
import { connect } from '../src/index.js';
import type { LocalWorld, PlayWorld } from '../src/alone/index.js';

/** As `terrane generate ts` writes it. */
interface Tiny {
  components: { 'kit.position': { x: number; y: number }; 'tiny.ship': { hull: number; id: bigint } };
  self: Tiny['components'] & { 'tiny.pilot': { energy: number } };
  events: { 'tiny.shot': { x: number }; 'tiny.hit': { by: bigint } };
  commands: { 'cmd.tiny.vote': { payload: { a: number; why?: string }; result: { votes: number } } };
  durableEvents: { 'evt.tiny.won': { by: string }; 'evt.trade.ended': { total: number }; 'evt.trade.stuck': { total: bigint } };
}

// The compiler is what tests here: nothing of this runs.
declare const tiny: TerraneClient<Tiny>;
declare const any: TerraneClient;
declare const tinyGame: GameSchema<Tiny>;
const typeOnly = (_: () => void): void => {};

test('the game that is given makes the types', () => {
  typeOnly(() => {
    expectTypeOf(connect({ url: '', token: '', game: tinyGame })).toEqualTypeOf<TerraneClient<Tiny>>();
    expectTypeOf(connect({ url: '', token: '' })).toEqualTypeOf<TerraneClient>();
  });
});

test('entities have the components of the game, or lack them', () => {
  typeOnly(() => {
    const entity = tiny.entities.get(1n)!;
    expectTypeOf(entity.components['kit.position']?.x).toEqualTypeOf<number | undefined>();
    expectTypeOf(entity.components['tiny.ship']?.id).toEqualTypeOf<bigint | undefined>();
    // @ts-expect-error there is no such component
    void entity.components['tiny.boat'];
    // @ts-expect-error only the own avatar has it
    void entity.components['tiny.pilot'];
    // @ts-expect-error values are the server's
    entity.components['tiny.ship']!.hull = 3;
    expectTypeOf(tiny.self!.components['tiny.pilot']?.energy).toEqualTypeOf<number | undefined>();
    expectTypeOf(any.entities.get(1n)!.components).toEqualTypeOf<Readonly<Record<string, Fields>>>();
  });
});

test('a component that one asked for is there', () => {
  typeOnly(() => {
    tiny.onEnter('tiny.ship', (ship) => expectTypeOf(ship.components['tiny.ship'].hull).toEqualTypeOf<number>());
    tiny.onEnter((entity) => expectTypeOf(entity).toEqualTypeOf<Entity<Tiny>>());
    tiny.onChange('tiny.ship', (_, fields) =>
      expectTypeOf(fields).toEqualTypeOf<readonly ('tiny.ship.hull' | 'tiny.ship.id')[]>(),
    );
    tiny.onLeave('tiny.ship', (_, reason) => expectTypeOf(reason).toEqualTypeOf<LeaveReason>());
    // @ts-expect-error there is no such component
    tiny.onEnter('tiny.boat', () => {});
    any.onEnter('anything', (entity) => expectTypeOf(entity.components['anything']!).toEqualTypeOf<Readonly<Fields>>());
  });
});

test('commands take and give what the game says', () => {
  typeOnly(() => {
    expectTypeOf(tiny.command('cmd.tiny.vote', { a: 1 })).toEqualTypeOf<Promise<CommandResult<{ votes: number }>>>();
    // @ts-expect-error a number is wanted
    void tiny.command('cmd.tiny.vote', { a: '1' });
    // @ts-expect-error there is no such command
    void tiny.command('cmd.tiny.veto', {});
    expectTypeOf(any.command('cmd.whatever.do', { x: 1 })).toEqualTypeOf<Promise<CommandResult>>();
  });
});

test('events have their payloads, by topic, domain and all', () => {
  typeOnly(() => {
    tiny.onEvent('tiny.shot', (event) => expectTypeOf(event).toEqualTypeOf<GameEvent<Readonly<{ x: number }>, 'tiny.shot'>>());
    tiny.onEvent('evt.tiny.won', (event) => expectTypeOf(event).toEqualTypeOf<DurableEvent<{ by: string }, 'evt.tiny.won'>>());
    tiny.onEvent('evt.trade.*', (event) => {
      expectTypeOf(event.topic).toEqualTypeOf<'evt.trade.ended' | 'evt.trade.stuck'>();
      if (event.topic === 'evt.trade.stuck') expectTypeOf(event.payload.total).toEqualTypeOf<bigint>();
    });
    tiny.onEvent('tiny.*', (event) => expectTypeOf(event.topic).toEqualTypeOf<'tiny.shot' | 'tiny.hit'>());
    tiny.onEvent('*', (event) => void (event.topic === 'tiny.hit' && expectTypeOf(event.payload.by).toEqualTypeOf<bigint>()));
    // @ts-expect-error nothing of this domain ever happens
    tiny.onEvent('evt.hex.*', () => {});
    // @ts-expect-error nor this
    tiny.onEvent('tiny.parade', () => {});
    any.onEvent('evt.trade.ended', (event) => expectTypeOf(event).toEqualTypeOf<DurableEvent>());
    any.onEvent('skirmish.*', (event) => expectTypeOf(event).toEqualTypeOf<GameEvent>());
  });
});

test('what a game needs to play has the same type with a server and without one', () => {
  expectTypeOf<TerraneClient<Tiny>>().toExtend<PlayWorld<Tiny>>();
  expectTypeOf<LocalWorld<Tiny>>().toExtend<PlayWorld<Tiny>>();
  expectTypeOf<LocalWorld<Tiny>>().not.toExtend<TerraneClient<Tiny>>();
});
