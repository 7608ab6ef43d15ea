import type { Craft } from '../net/link.js';

/** Hues this far apart stay apart for any number of neighbours: the golden angle. */
const HUE_STEP = 137.508;
/** Layers of one region are relatives: near in hue, farther in lightness. */
const LAYER_HUE_STEP = 43;
const LAYER_LIGHT_STEP = 15;
/** Regions whose hues come near each other differ in lightness. */
const REGION_LIGHT_STEP = 8;

/** The colour of a cell: each region has a hue of its own, each layer of a split region a shade of it. */
export function ownerColor(region: number, layer: number, alphaPercent: number): string {
  const hue = Math.round((region * HUE_STEP + layer * LAYER_HUE_STEP) % 360);
  const light = 48 + (((region % 3) * REGION_LIGHT_STEP + layer * LAYER_LIGHT_STEP) % 32);
  return `hsl(${hue} 70% ${light}% / ${alphaPercent}%)`;
}

/** A cell that simulates something in view. */
export interface Owner {
  readonly region: number;
  readonly layer: number;
  /** How much of what is in view it simulates. */
  count: number;
}

/** The cells behind what is in view: counted anew whenever asked, without garbage. */
export class Owners {
  private readonly known = new Map<number, Owner>();
  /** Those in view, by region, then by layer. */
  readonly seen: Owner[] = [];

  count(crafts: ReadonlyMap<string, Craft>): void {
    for (const owner of this.known.values()) owner.count = 0;
    for (const { region, layer } of crafts.values()) {
      const key = region * 256 + layer;
      let owner = this.known.get(key);
      if (!owner) this.known.set(key, (owner = { region, layer, count: 0 }));
      owner.count++;
    }
    this.seen.length = 0;
    for (const owner of this.known.values()) if (owner.count > 0) this.seen.push(owner);
    this.seen.sort((a, b) => a.region - b.region || a.layer - b.layer);
  }

  /** The layers of this region in view, into `layers`. */
  layersOf(region: number, layers: number[]): void {
    layers.length = 0;
    for (const owner of this.seen) if (owner.region === region) layers.push(owner.layer);
  }
}
