import { afterEach, expect, test, vi } from 'vitest';
import { prepareTransfer, redeemTransfer } from '../src/index.js';

afterEach(() => vi.unstubAllGlobals());

test('asks for a transfer with the token of the player, and exchanges it at the other cluster', async () => {
  const fetched = vi.fn(async (url: string, _init: RequestInit) =>
    url.endsWith('/redeem')
      ? Response.json({ token: 'play', character: 'c', world: 'w', expires_at_millis: 1 })
      : Response.json({ token: 'transfer', destination: 'two/w', redeem_at: 'http://two/api/v1/transfers/redeem' }),
  );
  vi.stubGlobal('fetch', fetched);
  const prepared = await prepareTransfer('/api/v1', 'mine', 'two/w', 41);
  expect(prepared).toEqual({ token: 'transfer', redeemAt: 'http://two/api/v1/transfers/redeem' });
  expect(await redeemTransfer(prepared.redeemAt, prepared.token)).toBe('play');
  const [first, second] = fetched.mock.calls;
  expect(first![0]).toBe('/api/v1/transfers');
  expect(first![1].headers).toMatchObject({ authorization: 'Bearer mine' });
  expect(JSON.parse(String(first![1].body))).toEqual({ destination: 'two/w', last_seq: 41 });
  expect(second![1].headers).toMatchObject({ authorization: 'Bearer transfer' });
});

test('says why a token is refused', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ error_code: 'token_used', reason: 'redeemed already' }, { status: 409 }));
  await expect(redeemTransfer('/x', 't')).rejects.toThrow('the server answered 409: redeemed already');
  vi.stubGlobal('fetch', async () => new Response('', { status: 502 }));
  await expect(prepareTransfer('/api/v1', 't', 'two/w', 0)).rejects.toThrow('the server answered 502');
  vi.stubGlobal('fetch', async () => Response.json({}));
  await expect(redeemTransfer('/x', 't')).rejects.toThrow('the answer holds no token');
});
