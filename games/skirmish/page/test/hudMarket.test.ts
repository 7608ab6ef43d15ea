import { describe, expect, it } from 'vitest';
import { countTowards } from '../src/hud/counter.js';
import { dealText } from '../src/hud/dealText.js';
import { ownerNews, ownerText, way, xpText } from '../src/hud/hexPanel.js';
import { sale, saleLabel } from '../src/hud/sale.js';
import { signText } from '../src/hud/signs.js';
import { missingPoints, purchase } from '../src/hud/stationPanel.js';
import type { Craft } from '../src/net/link.js';
import type { HexState, Market } from '../src/net/market.js';

const market = { credits: 25, prices: new Map([['rounds', 2]]) } as unknown as Market;

describe('purchase', () => {
  it('is bounded by what is wanted, by the room and by the credits', () => {
    expect(purchase(market, 'rounds', 20, 200, 'full').quantity).toBe(12);
    expect(purchase(market, 'rounds', 5, 200, 'full').quantity).toBe(5);
    expect(purchase(market, 'rounds', 20, 3, 'full').quantity).toBe(3);
  });

  it('says what is in the way', () => {
    expect(purchase(market, 'rounds', 20, 0, 'full').hindrance).toBe('full');
    expect(purchase({ ...market, credits: 1 }, 'rounds', 20, 9, 'full').hindrance).toContain('credits');
    expect(purchase(market, 'repair', 20, 9, 'full').hindrance).toContain('opened');
  });
});

describe('sale', () => {
  const station = { cargo: 12, prices: new Map([['salvage', 5]]) } as unknown as Market;

  it('is of all that is aboard, of as much as is wanted, or of one', () => {
    expect(sale(station, Infinity)).toEqual({ quantity: 12, hindrance: '' });
    expect(sale(station, 5).quantity).toBe(5);
    expect(sale(station, 0).quantity).toBe(1);
    expect(sale({ ...station, cargo: 3 }, 5).quantity, 'some of it is gone').toBe(3);
    expect(sale({ ...station, cargo: 25_000 }, Infinity).quantity, 'a trade has its limit').toBe(10_000);
  });

  it('is labelled with what it leaves', () => {
    expect(saleLabel(12, 12)).toBe('Sell 12 salvage');
    expect(saleLabel(5, 1200)).toBe('Sell 5 of 1,200 salvage');
  });

  it('says what is in the way', () => {
    expect(sale({ ...station, cargo: 0 }, Infinity)).toEqual({ quantity: 0, hindrance: 'No salvage aboard' });
    expect(sale({ ...station, cargo: undefined }, Infinity).quantity).toBe(0);
    expect(sale({ ...station, prices: new Map() }, Infinity).hindrance).toContain('opened');
  });
});

describe('missingPoints', () => {
  it('never asks for more than the server would repair', () => {
    const vitals = { shield: 0, armor: 79.75, hull: 100 };
    expect(missingPoints({ vitals } as Craft)).toBe(21);
    expect(missingPoints(undefined)).toBe(0);
  });
});

describe('countTowards', () => {
  it('arrives and never goes past', () => {
    let shown = 0;
    for (let frame = 0; frame < 120; frame++) {
      const next = countTowards(shown, 10, 1 / 60);
      expect(next).toBeGreaterThanOrEqual(shown);
      shown = next;
    }
    expect(shown).toBe(10);
    expect(countTowards(10, 9.95, 1 / 60)).toBe(9.95);
  });
});

const because = (errorCode: string): string => dealText('salvage', 3, { done: false, errorCode, reason: '' });

describe('words', () => {
  it('tell how a wish ended', () => {
    expect(dealText('rounds', 20, { done: true, total: 40 })).toBe('20 rounds aboard for 40 credits');
    expect(dealText('rounds', 20, { done: false, errorCode: 'NOT_AT_STATION', reason: '' })).toContain('60 m');
    expect(dealText('hex', 1, { done: false, errorCode: 'NEW', reason: 'the moon is full' })).toBe('Refused: the moon is full');
  });

  it('tell why the station did not buy, without codes', () => {
    expect(dealText('salvage', 3, { done: true, total: 15 })).toBe('Sold 3 salvage for 15 credits');
    expect(because('INSUFFICIENT_FUNDS')).toBe('The station is out of credits: try again later');
    expect(because('NOT_ENOUGH_ITEMS')).toBe('There is not so much salvage aboard');
    expect(because('PRICE_CHANGED')).toContain('price');
    expect(because('BRAND_NEW')).not.toContain('BRAND_NEW');
  });

  it('tell whose a region is and how that has changed', () => {
    const hex = { owner: 'other', ownerName: 'Bob' } as HexState;
    expect(ownerText(hex)).toBe('Bob');
    expect(ownerText({ ...hex, ownerName: '' })).toBe('somebody’s');
    expect(ownerText({ ...hex, owner: 'self' })).toBe('yours');
    expect([undefined, { ...hex, owner: 'self' } as const, hex].map(signText)).toEqual([
      'Station',
      'Your station',
      'Bob’s station',
    ]);
    expect(ownerNews('Region 1,0', hex, 'nobody')).toBe('Region 1,0 belongs to Bob now');
    expect(ownerNews('Region 1,0', hex, 'self')).toBe('Bob has taken Region 1,0 from you');
    expect(ownerNews('Region 1,0', { ...hex, owner: 'self' }, 'other')).toBe('Region 1,0 is yours');
  });

  it('tell the way and the next level', () => {
    expect(way(0, 240)).toBe('240 m N');
    expect(way(-100, -100)).toBe('140 m SW');
    expect(way(70, 0)).toBe('70 m E');
    expect(way(30, -40)).toBe('here');
    const hex = {
      version: 1,
      level: 2,
      xp: 142,
      owner: 'self',
      ownerId: 'me',
      ownerName: 'Ada',
      shareholders: 1,
      share: 142,
    } as const;
    expect(xpText(hex)).toBe('142 of 400 xp');
    expect(xpText({ ...hex, level: 20, xp: 40000 })).toBe('40,000 xp');
  });
});
