import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect, ErrorCode, type TerraneClient } from '../src/index.js';
import { fakeNetwork, fatalError, type FakeSocket } from './fakes.js';
import { golden } from './golden.js';

let sockets: FakeSocket[];
let client: TerraneClient;
let states: string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function start(more: object = {}): Promise<void> {
  const network = fakeNetwork();
  sockets = network.sockets;
  client = connect({ ...network.options, ...more });
  states = [];
  client.on('state', (state, reason) => states.push(`${state}: ${reason}`));
  await vi.advanceTimersByTimeAsync(0);
}

test('greets, is welcomed, and numbers inputs as the server wants', async () => {
  await start({ token: 'a b' });
  expect(sockets[0]!.url).toBe('ws://server/ws?token=a%20b');
  expect(client.sendInput({ moveX: 1 })).toBe(0);
  sockets[0]!.welcome();
  expect(sockets[0]!.hello()).toEqual({ name: 'Ada', resumeToken: '' });
  expect(client.state).toBe('open');
  expect(client.welcome?.world).toBe('skirmish');
  expect(client.sendInput({ moveX: 1 })).toBe(43);
  expect(client.sendInput({})).toBe(44);
  expect(sockets[0]!.inputSeqs()).toEqual([43, 44]);
});

test('comes back with the resume token, later each time', async () => {
  await start();
  sockets[0]!.welcome();
  await vi.advanceTimersByTimeAsync(6000);
  sockets[0]!.lose();
  expect(client.state).toBe('reconnecting');
  for (const [attempt, delay] of [250, 500, 1000].entries()) {
    await vi.advanceTimersByTimeAsync(delay - 1);
    expect(sockets.length).toBe(attempt + 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sockets.length).toBe(attempt + 2);
    if (attempt < 2) sockets[attempt + 1]!.lose();
  }
  sockets[3]!.welcome();
  expect(sockets[3]!.hello().resumeToken).toBe('secret');
  expect(client.stats.reconnects).toBe(1);
  expect(states.at(-1)).toBe('open: connected');
});

test('goes to the next gateway when its own is lost, and resumes there', async () => {
  await start({ otherUrls: ['ws://second/ws', 'ws://third/ws'] });
  sockets[0]!.welcome();
  await vi.advanceTimersByTimeAsync(6000);
  sockets[0]!.lose();
  await vi.advanceTimersByTimeAsync(250);
  sockets[1]!.lose();
  await vi.advanceTimersByTimeAsync(500);
  sockets[2]!.welcome();
  expect(sockets.map((socket) => socket.url)).toEqual(['ws://server/ws', 'ws://second/ws', 'ws://third/ws']);
  expect(sockets[2]!.hello().resumeToken).toBe('secret');
  expect(client.state).toBe('open');
  sockets[2]!.lose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sockets[3]!.url).toBe('ws://server/ws');
});

test('does not hammer a server that drops it at once', async () => {
  await start();
  for (let i = 0; i < 6; i++) {
    sockets[i]!.welcome();
    sockets[i]!.lose();
    await vi.advanceTimersByTimeAsync(250 * 2 ** i);
    expect(sockets.length).toBe(i + 2);
  }
});

test.each([ErrorCode.VERSION_MISMATCH, ErrorCode.INVALID_NAME, ErrorCode.SESSION_REPLACED, ErrorCode.UNAUTHORIZED, ErrorCode.KICKED])(
  'stays closed after error %i',
  async (code) => {
    await start({ token: 't' });
    sockets[0]!.receive(fatalError(code, 'because'));
    sockets[0]!.lose(4000 + code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.state).toBe('closed');
    expect(client.stateReason).toBe(`because (${ErrorCode[code]})`);
    expect(sockets.length).toBe(1);
  },
);

test('waits as long as the server asks', async () => {
  await start();
  sockets[0]!.receive(fatalError(ErrorCode.SERVER_FULL, 'full', 7000));
  sockets[0]!.lose(4011);
  await vi.advanceTimersByTimeAsync(6999);
  expect(sockets.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets.length).toBe(2);
});

test('forgets a resume token that is refused', async () => {
  await start();
  sockets[0]!.welcome();
  sockets[0]!.lose(4000 + ErrorCode.RESUME_REFUSED);
  await vi.advanceTimersByTimeAsync(250);
  sockets[1]!.welcome();
  expect(sockets[1]!.hello().resumeToken).toBe('');
});

test('fetches a guest token once, and anew when it expired', async () => {
  const answers = ['one', 'two'];
  const shown: (string | undefined)[] = [];
  const fetched = vi.fn(async (_url: string, request: { headers: Record<string, string> }) => {
    shown.push(request.headers['authorization']);
    return Response.json({ token: answers.shift() });
  });
  vi.stubGlobal('fetch', fetched);
  await start({ guestUrl: '/api/v1/guest' });
  sockets[0]!.welcome();
  sockets[0]!.lose();
  await vi.advanceTimersByTimeAsync(250);
  expect(sockets[1]!.url).toBe('ws://server/ws?token=one');
  sockets[1]!.lose(4000 + ErrorCode.TOKEN_EXPIRED);
  await vi.advanceTimersByTimeAsync(500);
  expect(sockets[2]!.url).toBe('ws://server/ws?token=two');
  expect(shown).toEqual([undefined, 'Bearer one']); // the expired token keeps the character
});

test('says when there is no guest token, and tries again', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
  await start({ guestUrl: '/guest' });
  expect(states).toEqual(['connecting: no guest token: the server answered 503']);
  vi.stubGlobal('fetch', async () => Response.json({ token: 'late' }));
  await vi.advanceTimersByTimeAsync(250);
  expect(sockets[0]!.url).toContain('token=late');
});

test('follows snapshots that tell only what differs, and tells about the avatar with each', async () => {
  await start();
  const acked: (number | undefined)[] = [];
  client.on('self', (self) => acked.push(self.ackSeq));
  sockets[0]!.receive(golden('welcome').bytes);
  for (const name of ['snapshot', 'snapshot-next', 'snapshot-usual']) sockets[0]!.receive(golden(name).bytes);
  expect(sockets[0]!.closedWith).toBeUndefined();
  expect(acked).toEqual([42, 44, 45]);
  expect(client.self!.components['kit.nameplate']).toEqual({ name: 'Eve' });
  expect(client.stats.tick).toBe(1237);
});

test('asks for the time quickly at first, and stays far below what a server takes', async () => {
  await start();
  sockets[0]!.welcome();
  const ticks = async (count: number) => {
    const [sent, pings] = [sockets[0]!.sent.length, sockets[0]!.pingCount()];
    for (let i = 0; i < count; i++) {
      await vi.advanceTimersByTimeAsync(50);
      client.sendInput({});
    }
    return { sent: sockets[0]!.sent.length - sent, pings: sockets[0]!.pingCount() - pings };
  };
  expect(await ticks(20)).toEqual({ sent: 26, pings: 6 }); // 60 a second are allowed
  await ticks(60);
  expect(await ticks(80)).toEqual({ sent: 88, pings: 8 });
});

test('tells how far in the past others are drawn', async () => {
  await start();
  expect(client.renderTimeMs()).toBe(0);
  sockets[0]!.welcome();
  sockets[0]!.receive(golden('snapshot').bytes);
  const { serverTime } = golden('snapshot').meaning;
  expect(client.renderTimeMs()).toBe(serverTime - 100);
  expect(client.serverTimeMs()).toBe(serverTime);
  expect(client.stats).toMatchObject({ interpolationDelayMs: 100, jitterMs: 0, rttMs: Number.NaN });
});

test('connects anew when it cannot follow', async () => {
  await start();
  sockets[0]!.welcome();
  sockets[0]!.receive(golden('snapshot-next').bytes); // it needs one that was never sent
  expect(sockets[0]!.closedWith).toBe(4001);
  expect(client.state).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(250);
  expect(sockets.length).toBe(2);
});

test('a handler that throws harms nobody else', async () => {
  await start();
  const heard: string[] = [];
  client.on('open', () => {
    throw new Error('broken handler');
  });
  const off = client.on('open', (welcome) => heard.push(welcome.world));
  sockets[0]!.welcome();
  off();
  sockets[0]!.receive(golden('welcome').bytes);
  expect(heard).toEqual(['skirmish']);
  expect(client.state).toBe('open');
});

test('does not wait for ever for a server that fell silent', async () => {
  await start();
  sockets[0]!.welcome();
  await vi.advanceTimersByTimeAsync(9_999);
  expect(client.state).toBe('open');
  sockets[0]!.receive(golden('info').bytes);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(client.state).toBe('open');
  await vi.advanceTimersByTimeAsync(1);
  expect(client.stateReason).toBe('the server fell silent');
  await vi.advanceTimersByTimeAsync(250);
  expect(sockets.length).toBe(2);
});

test('close ends it for good', async () => {
  await start();
  sockets[0]!.welcome();
  client.close();
  expect(sockets[0]!.closedWith).toBe(1000);
  expect(states.at(-1)).toBe('closed: closed by the player');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets.length).toBe(1);
});

test('close while a token is being fetched opens nothing', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ token: 't' }));
  const network = fakeNetwork();
  client = connect({ ...network.options, guestUrl: '/guest' });
  client.close();
  await vi.advanceTimersByTimeAsync(1000);
  expect(network.sockets.length).toBe(0);
});

test('goes on as the guest of an earlier visit, or as a new one when that is not taken', async () => {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ token: 'new' }));
  vi.stubGlobal('fetch', fetched);
  await start({ guestUrl: '/guest', guestToken: 'old' });
  expect(sockets[0]!.url).toContain('token=old');
  expect(client.token).toBe('old');
  sockets[0]!.lose();
  await vi.advanceTimersByTimeAsync(250);
  expect(fetched).toHaveBeenCalledOnce();
  expect(fetched.mock.calls[0]![1].headers).toMatchObject({ authorization: 'Bearer old' });
  expect(sockets[1]!.url).toContain('token=new');
  expect(client.token).toBe('new');
});
