import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../src/index.js';
import { RuleFetch } from '../src/ruleFetch.js';
import { fakeNetwork } from './fakes.js';

const flight = readFileSync(new URL('../../../games/skirmish/src/main/resources/dev/terrane/games/skirmish/flight.wasm', import.meta.url));
/** The same, and a section without a meaning. */
const another = Buffer.concat([flight, Buffer.from([0, 2, 1, 0x78])]);

let served: Uint8Array | number;
let asked: [url: string, cache: string | undefined][];

beforeEach(() => {
  served = flight;
  asked = [];
  vi.stubGlobal('fetch', async (url: URL, request?: RequestInit) => {
    asked.push([url.href, request?.cache]);
    return typeof served === 'number' ? new Response(null, { status: served }) : new Response(Buffer.from(served));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('asks the server behind the socket, and whether a copy is still right', async () => {
  const rules = new RuleFetch();
  expect((await rules.get('wss://play.example/ws?x=1', 'a b'))?.fields.length).toBeGreaterThan(4);
  expect(asked).toEqual([['https://play.example/api/v1/worlds/a%20b/rule.wasm', 'no-cache']]);
});

test('gives the same object as long as it is the same rule', async () => {
  const rules = new RuleFetch();
  const first = await rules.get('ws://server/ws', 'w');
  expect(await rules.get('ws://server/ws', 'w')).toBe(first);
  served = another;
  const second = await rules.get('ws://server/ws', 'w');
  expect(second).toBeDefined();
  expect(second).not.toBe(first);
  served = 404;
  expect(await rules.get('ws://server/ws', 'w')).toBeUndefined();
  served = 503;
  await expect(rules.get('ws://server/ws', 'w')).rejects.toThrow('answered 503');
});

test('a client that steers predicts at once in another connection, and by the rule that its server has', async () => {
  vi.useFakeTimers();
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const { sockets, options } = fakeNetwork();
  const client = connect(options);
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]!.welcome();
  expect(asked).toEqual([]);
  client.steer(() => ({ moveX: 1 }));
  await vi.waitFor(() => expect(client.stats.predicting).toBe(true));
  expect(asked.length).toBe(1);

  const reconnect = async () => {
    const { length } = sockets;
    sockets.at(-1)!.lose();
    while (sockets.length === length) await vi.advanceTimersByTimeAsync(50);
    sockets.at(-1)!.welcome();
  };
  served = 503;
  await reconnect();
  expect(client.stats.predicting, 'by the rule that is known').toBe(true);
  await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce());
  expect(client.stats.predicting).toBe(true);
  expect(asked.length).toBe(2);

  served = 404;
  await reconnect();
  await vi.waitFor(() => expect(client.stats.predicting).toBe(false));
  served = another;
  await reconnect();
  await vi.waitFor(() => expect(client.stats.predicting).toBe(true));
  expect(asked.length).toBe(4);
  client.close();
});
