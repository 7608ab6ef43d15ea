import { expect, expectTypeOf, test } from 'vitest';
import { Rest, RestError } from '../src/rest/index.js';

interface Asked {
  url: string;
  method: string | undefined;
  headers: Record<string, string>;
  body: unknown;
}

function server(status: number, answer: unknown, options: { token?: string | (() => string) } = {}): { rest: Rest; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = (async (url: string, { method, headers, body }: RequestInit) => {
    asked.push({ url, method, headers: headers as Record<string, string>, body });
    return typeof answer === 'string' ? new Response(answer, { status }) : Response.json(answer, { status });
  }) as typeof globalThis.fetch;
  return { rest: new Rest({ ...options, fetch }), asked };
}

test('asks with a token, and gives the answer', async () => {
  const { rest, asked } = server(200, { wallets: [{ wallet: 'w', available: 3 }] }, { token: 't' });
  const { wallets } = await rest.get('/wallets');
  expect(wallets[0]?.available).toBe(3);
  expectTypeOf(wallets[0]!.available).toEqualTypeOf<number>();
  expect(asked).toEqual([{ url: '/api/v1/wallets', method: 'GET', headers: { authorization: 'Bearer t' }, body: undefined }]);
});

test('fills paths, and what stands behind them', async () => {
  const { rest, asked } = server(200, { documents: [] }, { token: () => 'of the moment' });
  await rest.get('/views/{topic}/{key}/journal', { path: { topic: 'evt.hex.changed', key: 'region:0,0/é' } });
  expect(asked[0]!.url).toBe('/api/v1/views/evt.hex.changed/region%3A0%2C0%2F%C3%A9/journal');
  expect(asked[0]!.headers).toEqual({ authorization: 'Bearer of the moment' });
  await expect(rest.get('/views/{topic}', { path: {} as { topic: string } })).rejects.toThrow('needs the parameter topic');
  // @ts-expect-error the path needs a topic
  await expect(rest.get('/views/{topic}')).rejects.toThrow('needs the parameter topic');
});

test('posts what the document says', async () => {
  const { rest, asked } = server(200, { requestId: 'r', done: true });
  const answer = await rest.post('/commands', { type: 'cmd.hex.look', requestId: 'r', version: 1, payload: {} });
  expectTypeOf(answer).toHaveProperty('requestId');
  expect(asked[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
  expect(JSON.parse(asked[0]!.body as string)).toEqual({ type: 'cmd.hex.look', requestId: 'r', version: 1, payload: {} });
  // @ts-expect-error there is no such path
  await rest.post('/nowhere', {});
});

test('says what the server answered', async () => {
  const { rest } = server(429, { error_code: 'rate_limited', reason: 'too many requests', retry_after: 2 });
  await expect(rest.get('/worlds')).rejects.toEqual(new RestError(429, 'rate_limited', 'too many requests', 2000));
  await expect(server(502, '<html>').rest.get('/worlds')).rejects.toMatchObject({ status: 502, errorCode: '' });
  await expect(server(200, '<html>').rest.get('/worlds')).rejects.toThrow('the answer is no JSON');
});
