import type { WorldInfo } from '../net/link.js';
import type { HexOwner, HexState } from '../net/market.js';
import type { Projection } from './projection.js';

/** Below so many pixels from corner to corner a region is too small for its station. */
const STATION_FROM_PIXELS = 22;
const STATION_PIXELS = 2.6;
/** The owner's line lies inside the region's own outline. */
const INSET = 0.8;

const LOOKS: Record<HexOwner, { line: string; fill: string } | undefined> = {
  nobody: undefined,
  self: { line: 'rgb(120 222 255)', fill: 'rgb(60 190 255 / 30%)' },
  other: { line: 'rgb(255 138 76)', fill: 'rgb(255 110 50 / 22%)' },
};

/** Paints who owns which region, and each region's station, over the regions of the map. */
export function paintHexes(
  pen: CanvasRenderingContext2D,
  world: WorldInfo,
  map: Projection,
  hexes: readonly (HexState | undefined)[],
): void {
  for (const [region, outline] of world.outlines.entries()) {
    const { x, y } = world.stations[region];
    const look = LOOKS[hexes[region]?.owner ?? 'nobody'];
    if (look) {
      pen.beginPath();
      for (let i = 0; i < outline.length; i += 2) {
        pen.lineTo(map.x(x + (outline[i] - x) * INSET), map.y(y + (outline[i + 1] - y) * INSET));
      }
      pen.closePath();
      pen.fillStyle = look.fill;
      pen.fill();
      pen.lineWidth = 1.5;
      pen.strokeStyle = look.line;
      pen.stroke();
    }
    const across = 2 * Math.hypot(outline[0] - x, outline[1] - y) * map.pixelsPerMetre;
    if (across >= STATION_FROM_PIXELS) diamond(pen, map.x(x), map.y(y), look?.line ?? 'rgb(214 232 255 / 85%)');
  }
}

function diamond(pen: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  pen.beginPath();
  pen.moveTo(x, y - STATION_PIXELS);
  pen.lineTo(x + STATION_PIXELS, y);
  pen.lineTo(x, y + STATION_PIXELS);
  pen.lineTo(x - STATION_PIXELS, y);
  pen.closePath();
  pen.fillStyle = color;
  pen.fill();
}
