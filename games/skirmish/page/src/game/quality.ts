/** How much light the machine can afford. Levels from bare to rich; the governor walks between them. */
export interface Quality {
  name: 'bare' | 'plain' | 'fair' | 'fine' | 'rich';
  /** Drawn pixels per CSS pixel, at most the display's own. */
  pixelRatio: number;
  /** Bloom, vignette and grading. */
  post: boolean;
  /** Samples per pixel; only with post. */
  samples: number;
  /** Plates, grain and light of explosions in the shaders. */
  detail: boolean;
  /** Share of particles, dust and stars. */
  density: number;
  /** Craft drawn with all their triangles. */
  fineCraft: number;
}

export const LEVELS: readonly Quality[] = [
  { name: 'bare', pixelRatio: 0.42, post: false, samples: 1, detail: false, density: 0.2, fineCraft: 24 },
  { name: 'plain', pixelRatio: 0.55, post: false, samples: 1, detail: false, density: 0.35, fineCraft: 48 },
  { name: 'fair', pixelRatio: 1, post: false, samples: 1, detail: true, density: 0.6, fineCraft: 160 },
  { name: 'fine', pixelRatio: 1.25, post: true, samples: 1, detail: true, density: 1, fineCraft: 1000 },
  { name: 'rich', pixelRatio: 2, post: true, samples: 4, detail: true, density: 1, fineCraft: 1000 },
];

/** Where machines without a graphics card begin, and those with one. */
export const PLAIN = 1;
export const FINE = 3;

/** Frames longer than this cost a level, if the average of a window says so. */
const SLOW_MILLIS = 26;
/** Frames shorter than this, for long, earn one. */
const FAST_MILLIS = 13;
/** The barest level is left sooner: it is for crowds, and crowds pass. */
const FAST_MILLIS_BARE = 20;
const WINDOW_FRAMES = 45;
/** After a step down the level above is not tried again so soon, and each time later. */
const RETRY_WINDOWS_FIRST = 20;

/** Whether WebGL names a renderer without a graphics card: such a machine starts at `PLAIN`, because the first seconds are the first impression. */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}

/** Decides from frame times when to change the level. */
export class QualityGovernor {
  private frames = 0;
  private sumMillis = 0;
  private calmWindows = 0;
  private patience = RETRY_WINDOWS_FIRST;

  constructor(
    public level: number,
    private readonly pinned: boolean,
  ) {}

  /** Returns true when the level has just changed. */
  frame(millis: number): boolean {
    // A hidden tab or a loading pause says nothing about the machine.
    if (this.pinned || millis > 500) return false;
    this.sumMillis += millis;
    if (++this.frames < WINDOW_FRAMES) return false;
    const mean = this.sumMillis / this.frames;
    this.frames = this.sumMillis = 0;
    if (mean > SLOW_MILLIS && this.level > 0) {
      this.level--;
      this.calmWindows = 0;
      this.patience *= 2;
      return true;
    }
    this.calmWindows = mean < (this.level === 0 ? FAST_MILLIS_BARE : FAST_MILLIS) ? this.calmWindows + 1 : 0;
    if (this.calmWindows >= this.patience && this.level < LEVELS.length - 1) {
      this.level++;
      this.calmWindows = 0;
      return true;
    }
    return false;
  }
}
