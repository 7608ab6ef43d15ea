import { describe, expect, it } from 'vitest';
import { paceText } from '../src/hud/pace.js';

describe('paceText', () => {
  it('says nothing while the world keeps up', () => {
    expect(paceText(1, 0)).toBe('');
    expect(paceText(0.999, 1)).toBe('');
  });

  it('names the pace of time before anything else', () => {
    expect(paceText(0.4, 2)).toContain('40 %');
  });

  it('says when far things are updated less often', () => {
    expect(paceText(1, 2)).toContain('far');
    expect(paceText(1, 2)).not.toContain('split');
  });

  it('says when crowds are split, and far things are still updated less often', () => {
    expect(paceText(1, 3)).toContain('split');
    expect(paceText(1, 3)).toContain('far');
  });
});
