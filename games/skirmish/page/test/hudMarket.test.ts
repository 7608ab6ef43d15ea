import { describe, expect, it } from 'vitest';
import { countTowards } from '../src/hud/counter.js';
import { dealText } from '../src/hud/dealText.js';
import { way, xpText } from '../src/hud/hexPanel.js';
import { missingPoints, purchase } from '../src/hud/stationPanel.js';
import type { Craft } from '../src/net/link.js';
import type { Market } from '../src/net/market.js';

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

describe('words', () => {
  it('tell how a wish ended', () => {
    expect(dealText('rounds', 20, { done: true, total: 40 })).toBe('20 rounds aboard for 40 credits');
    expect(dealText('rounds', 20, { done: false, errorCode: 'NOT_AT_STATION', reason: '' })).toContain('60 m');
    expect(dealText('hex', 1, { done: false, errorCode: 'NEW', reason: 'the moon is full' })).toBe('Refused: the moon is full');
  });

  it('tell the way and the next level', () => {
    expect(way(0, 240)).toBe('240 m N');
    expect(way(-100, -100)).toBe('140 m SW');
    expect(way(70, 0)).toBe('70 m E');
    expect(way(30, -40)).toBe('here');
    const hex = { version: 1, level: 2, xp: 142, owner: 'self', shareholders: 1, share: 142 } as const;
    expect(xpText(hex)).toBe('142 of 400 xp');
    expect(xpText({ ...hex, level: 20, xp: 40000 })).toBe('40,000 xp');
  });
});
