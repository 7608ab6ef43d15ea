import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GameSchema, mismatches } from '../src/gameSchema.js';
import { connect } from '../src/index.js';
import { fakeNetwork } from './fakes.js';
import { golden } from './golden.js';
import type { WireKind, WireSchema } from '../src/schema.js';

function game(fields: Record<string, WireKind | `owner ${WireKind}`>, version = 1): GameSchema {
  return { game: 'test', hash: '0', components: { 'test.ship': { version, fields } }, events: {} };
}

function world(...fields: [name: string, kind: WireKind, ownerOnly?: boolean][]): WireSchema {
  const told = fields.map(([name, kind, ownerOnly = false]) => ({ name, kind, ownerOnly, step: 0 }));
  return { components: [{ name: 'test.ship', version: 1, fields: told }], events: [] };
}

describe('what a client was made for', () => {
  test('fits a world that has it, and more', () => {
    expect(mismatches(game({ hull: 'int' }), world(['shield', 'text'], ['hull', 'int']))).toEqual([]);
    expect(mismatches(game({ hull: 'owner int' }), world(['hull', 'int', true]))).toEqual([]);
    expect(mismatches(game({ hull: 'owner int' }), world(['hull', 'int']))).toEqual([]);
  });

  test.each([
    [game({ hull: 'int' }), world(), 'component test.ship has no field hull'],
    [game({ hull: 'int' }), world(['hull', 'long']), 'component test.ship has hull as long, not int'],
    [game({ hull: 'int' }), world(['hull', 'int', true]), 'component test.ship tells hull to its owner only'],
    [game({ hull: 'int' }, 2), world(['hull', 'int']), 'component test.ship has version 1, not 2'],
    [game({}), { components: [], events: [] }, 'there is no component test.ship'],
  ])('does not fit: %#', (made, met, why) => {
    expect(mismatches(made, met)).toEqual([why]);
  });

  test('is compared in events, too', () => {
    const events = { 'test.shot': { version: 1, fields: {} } };
    expect(mismatches({ game: 'test', hash: '0', components: {}, events }, world())).toEqual(['there is no event test.shot']);
  });
});

describe('a client', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('plays in a world that fits', async () => {
    const { sockets, options } = fakeNetwork();
    const fields: Record<string, WireKind> = {};
    const [component] = golden('welcome').meaning.schema.components;
    for (const { name, kind } of component.fields) fields[name] = kind.toLowerCase();
    const made: GameSchema = { game: 'test', hash: '0', events: {}, components: { [component.name]: { version: component.version, fields } } };
    const client = connect({ ...options, game: made });
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]!.welcome();
    expect(client.state).toBe('open');
    client.close();
  });

  test('leaves a world that does not, says what differs, and does not come back', async () => {
    const { sockets, options } = fakeNetwork();
    const client = connect({ ...options, game: game({ hull: 'int' }) });
    const told: string[] = [];
    client.on('state', (state, reason, code) => told.push(`${state} ${code}: ${reason}`));
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]!.welcome();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([
      'closed SCHEMA_MISMATCH: this client was made for other types of test than the world skirmish has: there is no component test.ship',
    ]);
    expect([client.state, client.stateCode]).toEqual(['closed', 'SCHEMA_MISMATCH']);
    expect(sockets.length).toBe(1);
    expect(client.entities.size).toBe(0);
  });
});
