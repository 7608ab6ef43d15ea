import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandResult, DurableEvent } from '@terrane/client';
import { SdkMarket, type MarketClient } from '../src/net/sdkMarket.js';

const ME = 'character:0b7e4a52-8f0e-4a77-9c39-1d2f6e1a0001';
const NAMES = ['0,0', '1,0'];

/** As the server gives them to guests; without an end if `seconds` is infinite. */
function tokenUntil(seconds: number): string {
  const exp = seconds === Infinity ? {} : { exp: seconds };
  return `x.${btoa(JSON.stringify({ sub: ME.slice('character:'.length), ...exp }))}.y`;
}

/** A client whose answers the test gives, and that tells what the test tells it. */
class FakeClient {
  token = tokenUntil(Infinity);
  readonly asked: { type: string; payload: Record<string, unknown>; answer: (result: CommandResult) => void }[] = [];
  private readonly handlers = new Map<string, (event: DurableEvent) => void>();

  command(type: string, payload: unknown): Promise<CommandResult> {
    return new Promise((answer) => this.asked.push({ type, payload: payload as Record<string, unknown>, answer }));
  }

  onEvent(topic: string, handler: (event: DurableEvent) => void): () => void {
    this.handlers.set(topic, handler);
    return () => undefined;
  }

  tell(topic: string, payload: unknown): void {
    this.handlers.get(topic)?.({ topic, key: '', id: '', payload });
  }

  async answer(type: string, payload: unknown): Promise<void> {
    const i = this.asked.findIndex((each) => each.type === type);
    this.asked.splice(i, 1)[0].answer({ ok: true, requestId: 'r', payload });
    await vi.advanceTimersByTimeAsync(0);
  }
}

let client: FakeClient;
let market: SdkMarket;
let owners: string[];
let found: number[];
let available: number;
let slots: object[];
let hexes: object[];

beforeEach(async () => {
  vi.useFakeTimers();
  available = 30;
  slots = [];
  hexes = [];
  vi.stubGlobal('fetch', async (path: string) =>
    Response.json(
      path.endsWith('/offers')
        ? { offers: ['rounds', 'repair', 'hex', 'salvage'].map((id, i) => ({ id, unitPrice: [2, 1, 1, 5][i] })) }
        : path.endsWith('/views/evt.hex.changed')
          ? { documents: hexes }
          : path.endsWith('/containers')
            ? { containers: [{ container: `${ME}/cargo`, slots }] }
            : { wallets: [{ wallet: `${ME}/credit`, available }] },
    ),
  );
  client = new FakeClient();
  owners = [];
  found = [];
  market = new SdkMarket({
    onHexOwner: (region, after, before) => owners.push(`${region}: ${before} → ${after.ownerName || after.owner}`),
    onSalvage: (pieces) => found.push(pieces),
  });
  market.follow(client as unknown as MarketClient);
  market.opened(NAMES);
  await vi.advanceTimersByTimeAsync(10);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function hex(version: number, xp: number, owner: string, ownerName?: string): object {
  return { region: 'region:1,0', version, level: 1, xp, owner, ownerName, shareholders: 1 };
}

function looked(): string[] {
  return client.asked.map((each) => `${each.payload['a']},${each.payload['b']}`);
}

const ended = { trade: 't', offer: 'rounds', quantity: 5, total: 10, done: true, errorCode: '', reason: '' };

describe('SdkMarket', () => {
  it('knows credits and prices, and asks again when something was paid', async () => {
    expect(market.credits).toBe(30);
    expect([...market.prices]).toEqual([
      ['rounds', 2],
      ['repair', 1],
      ['hex', 1],
      ['salvage', 5],
    ]);
    available = 40;
    client.tell('evt.economy.posted', {});
    await vi.advanceTimersByTimeAsync(200);
    expect(market.credits).toBe(40);
  });

  it('tells how a trade ended, whichever word comes first', async () => {
    const first = market.trade('rounds', 5, 0);
    expect(client.asked.at(-1)?.payload).toEqual({ offer: 'rounds', quantity: 5, totalMax: 10 });
    await client.answer('cmd.trade.accept', { trade: 't', total: 10 });
    client.tell('evt.trade.ended', ended);
    expect(await first).toEqual({ done: true, total: 10 });

    const second = market.trade('rounds', 5, 0);
    client.tell('evt.trade.ended', { ...ended, done: false, errorCode: 'NO_ROOM', reason: 'full' });
    await client.answer('cmd.trade.accept', { trade: 't', total: 10 });
    expect(await second).toEqual({ done: false, errorCode: 'NO_ROOM', reason: 'full' });
  });

  it('counts the salvage aboard, and asks again only when goods were moved', async () => {
    expect(market.cargo).toBe(0);
    slots = [
      { item: 'salvage', amount: 1000 },
      { item: 'relic', amount: 1 },
      { item: 'salvage', amount: 3 },
    ];
    client.tell('evt.inventory.moved', { item: 'salvage', amount: 3, from: '', to: `${ME}/cargo` });
    expect(found).toEqual([3]);
    await vi.advanceTimersByTimeAsync(200);
    expect(market.cargo).toBe(1003);
    slots = [];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(market.cargo, 'nobody has said a word').toBe(1003);
    client.tell('evt.inventory.moved', { item: 'salvage', amount: 1003, from: `${ME}/cargo`, to: 'service:station/depot' });
    expect(found, 'what is sold is not found').toEqual([3]);
    await vi.advanceTimersByTimeAsync(200);
    expect(market.cargo).toBe(0);
  });

  it('sells for as much as was shown, or not at all', async () => {
    slots = [{ item: 'salvage', amount: 12 }];
    market.opened(NAMES);
    const deal = market.trade('salvage', 12, 1);
    expect(client.asked.at(-1)?.payload).toEqual({ offer: 'salvage', quantity: 12, totalMax: 60 });
    await client.answer('cmd.trade.accept', { trade: 't', total: 60 });
    [available, slots] = [90, []];
    client.tell('evt.trade.ended', { ...ended, offer: 'salvage', quantity: 12, total: 60 });
    expect(await deal).toEqual({ done: true, total: 60 });
    await vi.advanceTimersByTimeAsync(200);
    expect([market.credits, market.cargo]).toEqual([90, 0]);
  });

  it('does not wait for ever for the end of a trade', async () => {
    const deal = market.trade('rounds', 5, 0);
    await client.answer('cmd.trade.accept', { trade: 't', total: 10 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await deal).toMatchObject({ done: false, errorCode: 'NOT_TOLD' });
  });

  it('pays into the hex that it was asked for', async () => {
    market.visit(1);
    await client.answer('cmd.hex.look', { hex: hex(0, 0, ''), share: 0 });
    const deal = market.trade('hex', 10, 1);
    expect(client.asked.at(-1)?.payload).toMatchObject({ offer: 'hex', target: 'region:1,0' });
    await client.answer('cmd.trade.accept', { trade: 't', total: 10 });
    client.tell('evt.hex.changed', hex(1, 10, ME));
    client.tell('evt.trade.ended', { ...ended, offer: 'hex' });
    expect((await deal).done).toBe(true);
    expect(market.hexes[1]).toMatchObject({ xp: 10, owner: 'self', share: 10 });
    expect(owners).toEqual(['1: nobody → self']);
  });

  it('reads how all hexes stand at once, and asks for the own share only where the ship is', async () => {
    hexes = [hex(3, 30, 'character:other')];
    market.opened(NAMES);
    await vi.advanceTimersByTimeAsync(10);
    expect(market.hexes[1]).toMatchObject({ xp: 30, owner: 'other' });
    expect(looked()).toEqual([]);
    market.visit(1);
    market.visit(1);
    expect(looked(), 'one that is being looked at is not asked for again').toEqual(['1,0']);
    await client.answer('cmd.hex.look', { hex: hex(3, 30, 'character:other'), share: 7 });
    expect(market.hexes[1]?.share).toBe(7);
    market.visit(1);
    expect(looked()).toEqual([]);
  });

  it('believes a server that came back with older hexes', () => {
    client.tell('evt.hex.changed', hex(5, 50, 'character:other'));
    market.opened(NAMES);
    client.tell('evt.hex.changed', hex(1, 10, ''));
    expect(market.hexes[1]).toMatchObject({ version: 1, owner: 'nobody' });
    expect(owners).toEqual(['1: other → nobody']);
  });

  it('renews its token before it runs out', async () => {
    const sent: string[] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      sent.push(`${init.method ?? 'GET'} ${path}`);
      return Response.json(
        path.endsWith('/guest') ? { token: tokenUntil(Infinity) } : { wallets: [], offers: [], containers: [] },
      );
    });
    client.token = tokenUntil(Date.now() / 1000 + 30);
    market.opened([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent.filter((each) => each.startsWith('POST'))).toEqual(['POST /api/v1/guest']);
    sent.length = 0;
    client.tell('evt.economy.posted', {});
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toEqual(['GET /api/v1/wallets']);
  });

  it('calls owners by name, and tells when one follows another', () => {
    client.tell('evt.hex.changed', hex(1, 10, 'character:bob', 'Bob'));
    client.tell('evt.hex.changed', hex(2, 20, 'character:bob', 'Bob'));
    client.tell('evt.hex.changed', hex(3, 50, 'character:cyd', 'Cyd'));
    expect(market.hexes[1]).toMatchObject({ owner: 'other', ownerName: 'Cyd' });
    expect(owners).toEqual(['1: other → Cyd']);
    client.tell('evt.hex.changed', hex(4, 60, 'character:dan'));
    expect(market.hexes[1]?.ownerName, 'a server may not know').toBe('');
  });

  it('keeps the newer word about a hex, and says nothing of what it hears for the first time', () => {
    client.tell('evt.hex.changed', hex(5, 50, 'character:other'));
    client.tell('evt.hex.changed', hex(4, 40, ''));
    expect(market.hexes[1]).toMatchObject({ version: 5, owner: 'other' });
    expect(owners).toEqual([]);
  });
});
