import { describe, expect, it } from 'vitest';
import { FINE, LEVELS, PLAIN, QualityGovernor, isSoftware } from '../src/game/quality.js';

function feed(governor: QualityGovernor, frames: number, millis: number): number {
  let changes = 0;
  for (let i = 0; i < frames; i++) if (governor.frame(millis)) changes++;
  return changes;
}

describe('QualityGovernor', () => {
  it('steps down while frames are slow, to the plainest and no further', () => {
    const governor = new QualityGovernor(3, false);
    feed(governor, 1000, 60);
    expect(governor.level).toBe(0);
  });

  it('stays where frames are neither slow nor fast', () => {
    const governor = new QualityGovernor(2, false);
    expect(feed(governor, 5000, 17)).toBe(0);
  });

  it('steps up after long calm, later after each step down', () => {
    const calm = new QualityGovernor(1, false);
    feed(calm, 45 * 20, 8);
    expect(calm.level).toBe(2);
    const burnt = new QualityGovernor(2, false);
    feed(burnt, 45, 60);
    feed(burnt, 45 * 20, 8);
    expect(burnt.level).toBe(1);
    feed(burnt, 45 * 20, 8);
    expect(burnt.level).toBe(2);
  });

  it('is not frightened by a pause', () => {
    const governor = new QualityGovernor(2, false);
    expect(feed(governor, 200, 2000)).toBe(0);
  });

  it('leaves a level alone that was asked for', () => {
    const governor = new QualityGovernor(4, true);
    feed(governor, 1000, 90);
    expect(LEVELS[governor.level].name).toBe('rich');
  });

  it('leaves the barest level as soon as a crowd has passed', () => {
    const governor = new QualityGovernor(PLAIN, false);
    feed(governor, 45, 60);
    expect(LEVELS[governor.level].name).toBe('bare');
    feed(governor, 45 * 40, 18);
    expect(LEVELS[governor.level].name).toBe('plain');
    expect(LEVELS[FINE].name).toBe('fine');
  });
});

describe('isSoftware', () => {
  it('knows the renderers of headless browsers', () => {
    expect(isSoftware('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)))')).toBe(true);
    expect(isSoftware('ANGLE (NVIDIA, NVIDIA GeForce RTX 4070)')).toBe(false);
  });
});
