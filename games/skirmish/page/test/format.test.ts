import { describe, expect, it } from 'vitest';
import { bytesPerSecond, countdown, millis, points, rate, share } from '../src/hud/format.js';
import { cleanName } from '../src/start/callsign.js';

describe('HUD numbers', () => {
  it('grow their unit', () => {
    expect(bytesPerSecond(940.4)).toBe('940 B/s');
    expect(bytesPerSecond(9400)).toBe('9.4 kB/s');
    expect(bytesPerSecond(1_250_000)).toBe('1.3 MB/s');
  });

  it('are a dash before they are known', () => {
    expect(millis(Number.NaN)).toBe('–');
    expect(rate(Number.NaN)).toBe('–');
    expect(bytesPerSecond(Number.NaN)).toBe('–');
  });

  it('count down to 1 while there is time left', () => {
    expect(countdown(3.2)).toBe('4 s');
    expect(countdown(0.01)).toBe('1 s');
    expect(countdown(0)).toBe('0 s');
    expect(countdown(-2)).toBe('0 s');
  });

  it('never show a living ship with 0 points', () => {
    expect(points(0.25)).toBe('1');
    expect(points(79.6)).toBe('80');
    expect(points(0)).toBe('0');
  });

  it('fill a bar within its ends', () => {
    expect(share(150, 100)).toBe(1);
    expect(share(-1, 100)).toBe(0);
    expect(share(5, 0)).toBe(0);
  });
});

describe('cleanName', () => {
  it('takes spaces off and together', () => {
    expect(cleanName('  Nova   Prime ')).toBe('Nova Prime');
  });

  it('counts characters as a person does', () => {
    expect([...cleanName('🚀'.repeat(30))]).toHaveLength(24);
  });
});
