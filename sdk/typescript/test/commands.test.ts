import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from 'vitest';
import { CommandLostError, type CommandResult, connect, type Game, type TerraneClient } from '../src/index.js';
import { commandResult, durableEvent, fakeNetwork, type FakeSocket } from './fakes.js';

interface TestGame extends Game {
  commands: { 'cmd.test.do': { payload: { n: number }; result: { sum: number } } };
  durableEvents: { 'evt.test.done': { by: string } };
}

let sockets: FakeSocket[];
let client: TerraneClient<TestGame>;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const network = fakeNetwork();
  sockets = network.sockets;
  client = connect<TestGame>({ ...network.options, token: 't' });
  await pass(0);
});

afterEach(() => {
  client.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);
const newest = () => sockets.at(-1)!;

/** What a promise came to, or undefined while it is open. */
function outcome(promise: Promise<CommandResult>): { value?: CommandResult; problem?: unknown } {
  const box: { value?: CommandResult; problem?: unknown } = {};
  promise.then(
    (value) => (box.value = value),
    (problem: unknown) => (box.problem = problem),
  );
  return box;
}

async function reconnect(): Promise<void> {
  newest().lose();
  await pass(20_000);
  newest().welcomeWithCommands();
}

test('sends a command under a request id of its own and gives its result', async () => {
  newest().welcomeWithCommands();
  const told = client.command('cmd.test.do', { n: 1 }, { version: 3 });
  const [sent] = newest().commands();
  expect(sent).toMatchObject({ type: 'cmd.test.do', version: 3, payload: '{"n":1}' });
  expect(sent!.requestId).toMatch(/^[0-9a-f]{32}$/);
  newest().receive(commandResult(sent!.requestId, { payload: { sum: 7 } }));
  const result = await told;
  expect(result).toEqual({ ok: true, requestId: sent!.requestId, payload: { sum: 7 } });
  if (result.ok) expectTypeOf(result.payload).toEqualTypeOf<{ sum: number }>();
  await pass(50);
  expect(newest().acks()).toEqual([[sent!.requestId]]);
});

test('gives a refusal as a value', async () => {
  newest().welcomeWithCommands();
  const told = client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' });
  newest().receive(commandResult('r-1', { errorCode: 'INSUFFICIENT_FUNDS', reason: 'earn more', retryAfterMs: 5 }));
  expect(await told).toEqual({
    ok: false,
    requestId: 'r-1',
    errorCode: 'INSUFFICIENT_FUNDS',
    reason: 'earn more',
    retryAfterMillis: 5,
  });
  await pass(50);
  expect(newest().acks()).toEqual([['r-1']]);
});

test('keeps a command until it is connected', async () => {
  const told = client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' });
  newest().welcomeWithCommands();
  expect(newest().commands().map((c) => c.requestId)).toEqual(['r-1']);
  newest().receive(commandResult('r-1'));
  expect(await told).toEqual({ ok: true, requestId: 'r-1', payload: undefined });
});

test('asks again, in order and under the same ids, after the connection was lost between command and result', async () => {
  newest().welcomeWithCommands();
  const first = client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' });
  const second = client.command('cmd.test.do', { n: 2 }, { requestId: 'r-2' });
  newest().receive(commandResult('r-2', { payload: { sum: 2 } }));
  await reconnect();
  expect(newest().commands()).toEqual([{ type: 'cmd.test.do', version: 1, requestId: 'r-1', payload: '{"n":1}' }]);
  newest().receive(commandResult('r-1', { payload: { sum: 1 } }));
  expect([await first, await second].map((r) => r.ok && r.payload)).toEqual([{ sum: 1 }, { sum: 2 }]);
});

test('tells a result that comes twice once, and acks it each time: the ack may have been lost', async () => {
  newest().welcomeWithCommands();
  let toldCount = 0;
  client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' }).then(() => toldCount++);
  newest().receive(commandResult('r-1'));
  await reconnect(); // before the ack went out
  expect(newest().commands()).toEqual([]);
  newest().receive(commandResult('r-1'));
  newest().receive(commandResult('r-1'));
  await pass(50);
  expect(newest().acks()).toEqual([['r-1']]);
  expect(toldCount).toBe(1);
});

test('asks again after a while when the server is busy, and tells nothing of it', async () => {
  newest().welcomeWithCommands();
  const told = outcome(client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' }));
  newest().receive(commandResult('r-1', { errorCode: 'BUSY', retryAfterMs: 2_000 }));
  await pass(1_999);
  expect(newest().commands()).toHaveLength(1);
  await pass(600); // a quarter of the wait is random
  expect(newest().commands().map((c) => c.requestId)).toEqual(['r-1', 'r-1']);
  expect(newest().acks()).toEqual([]);
  newest().receive(commandResult('r-1', { payload: { sum: 1 } }));
  await pass(0);
  expect(told.value).toMatchObject({ ok: true });
});

test('gives up on a server that stays busy, with the refusal', async () => {
  newest().welcomeWithCommands();
  const told = outcome(client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' }));
  for (let i = 0; i < 11; i++) {
    expect(told.value).toBeUndefined();
    expect(newest().commands()).toHaveLength(i + 1);
    newest().receive(commandResult('r-1', { errorCode: 'BUSY', retryAfterMs: 10 }));
    const wait = Math.min(10_000, 250 * 2 ** i) * 1.25 + 2;
    await pass(wait / 2);
    newest().receive(durableEvent('evt.other', 'k', 'keeps the connection alive', null));
    await pass(wait / 2);
  }
  expect(told.value).toMatchObject({ ok: false, errorCode: 'BUSY' });
  expect(newest().commands()).toHaveLength(11);
});

test('asks again when a result does not come', async () => {
  newest().welcomeWithCommands();
  const told = client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' });
  await pass(5_000);
  newest().receive(durableEvent('evt.other', 'k', 'keeps-alive', null));
  await pass(5_000);
  expect(newest().commands()).toHaveLength(2);
  newest().receive(commandResult('r-1'));
  await told;
});

test('keeps below what the server takes at once and per second', async () => {
  newest().welcomeWithCommands();
  const told = Array.from({ length: 60 }, (_, n) => client.command('cmd.test.do', { n }, { requestId: `r-${n}` }));
  expect(newest().commands()).toHaveLength(24);
  for (let n = 0; n < 24; n++) newest().receive(commandResult(`r-${n}`));
  await pass(1_000);
  expect(newest().commands()).toHaveLength(44);
  for (let n = 24; n < 44; n++) newest().receive(commandResult(`r-${n}`));
  await pass(1_000);
  for (let n = 44; n < 60; n++) newest().receive(commandResult(`r-${n}`));
  expect(await Promise.all(told)).toHaveLength(60);
  expect(newest().commands().map((c) => c.requestId)).toEqual(Array.from({ length: 60 }, (_, n) => `r-${n}`));
});

test('one request id is one command', async () => {
  newest().welcomeWithCommands();
  const once = client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' });
  expect(client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' })).toBe(once);
  await expect(client.command('cmd.test.do', { n: 2 }, { requestId: 'r-1' })).rejects.toThrow('another command');
  expect(newest().commands()).toHaveLength(1);
});

test.each([
  ['', 1, 'r', {}],
  ['cmd.test do', 1, 'r', {}],
  ['cmd.test.do', 0, 'r', {}],
  ['cmd.test.do', 1.5, 'r', {}],
  ['cmd.test.do', 1, '', {}],
  ['cmd.test.do', 1, 'ä', {}],
  ['cmd.test.do', 1, 'r'.repeat(65), {}],
  ['cmd.test.do', 1, 'r', { text: 'ä'.repeat(4096) }],
])('refuses what is no command: %s v%d %s', async (type, version, requestId, payload) => {
  newest().welcomeWithCommands();
  await expect((client as unknown as TerraneClient).command(type, payload, { version, requestId })).rejects.toThrow(RangeError);
  expect(newest().commands()).toEqual([]);
});

test('says that an older server knows no commands', async () => {
  const told = client.command('cmd.test.do', { n: 1 });
  newest().welcome();
  expect(await told).toMatchObject({ ok: false, errorCode: 'UNKNOWN_COMMAND' });
  expect(newest().commands()).toEqual([]);
});

test('does not say what it cannot know when it is closed before the result', async () => {
  newest().welcomeWithCommands();
  const told = outcome(client.command('cmd.test.do', { n: 1 }, { requestId: 'r-1' }));
  client.close();
  await pass(0);
  expect(told.problem).toBeInstanceOf(CommandLostError);
  expect((told.problem as CommandLostError).requestId).toBe('r-1');
  await expect(client.command('cmd.test.do', { n: 1 })).rejects.toThrow(CommandLostError);
});

test('tells events by their topic, each once', () => {
  newest().welcomeWithCommands();
  const heard: unknown[] = [];
  const off = client.onEvent('evt.test.done', (event) => heard.push([event.key, event.id, event.payload.by]));
  client.onEvent('evt.test.done', () => {
    throw new Error('a bug of the page');
  });
  newest().receive(durableEvent('evt.test.done', 'k', 'e-1', { by: 'Ada' }));
  newest().receive(durableEvent('evt.test.done', 'k', 'e-1', { by: 'Ada' }));
  newest().receive(durableEvent('evt.test.other', 'k', 'e-2', {}));
  newest().receive(durableEvent('evt.test.done', 'k', 'e-3', { by: 'Bob' }));
  off();
  newest().receive(durableEvent('evt.test.done', 'k', 'e-4', { by: 'Bob' }));
  expect(heard).toEqual([
    ['k', 'e-1', 'Ada'],
    ['k', 'e-3', 'Bob'],
  ]);
});
