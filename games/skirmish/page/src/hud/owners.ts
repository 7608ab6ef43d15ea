/** Hues this far apart stay apart for any number of neighbours: the golden angle. */
const HUE_STEP = 137.508;
/** Layers of one region are relatives: near in hue, farther in lightness. */
const LAYER_HUE_STEP = 28;
const LAYER_LIGHT_STEP = 9;

/** The colour of a cell: each region has a hue of its own, each layer of a split region a shade of it. */
export function ownerColor(region: number, layer: number, alphaPercent: number): string {
  const hue = Math.round((region * HUE_STEP + layer * LAYER_HUE_STEP) % 360);
  const light = 56 + ((layer * LAYER_LIGHT_STEP) % 30);
  return `hsl(${hue} 70% ${light}% / ${alphaPercent}%)`;
}
