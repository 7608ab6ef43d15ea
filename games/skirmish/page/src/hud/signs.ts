import type { WorldInfo } from '../net/link.js';
import type { HexState, Market } from '../net/market.js';
import { byId } from './dom.js';

const SEEN_METRES = 260;
/** Where the name hangs: between a station's hub and its rim; see Stations of the scene. */
const SIZE_METRES = 7;
const DEPTH_METRES = -8;

export interface Place {
  x: number;
  y: number;
  z: number;
  size: number;
}

/** What a station is called by whoever flies past. */
export function signText(hex: HexState | undefined): string {
  if (!hex || hex.owner === 'nobody') return 'Station';
  if (hex.owner === 'self') return 'Your station';
  return hex.ownerName ? `${hex.ownerName}’s station` : 'Somebody’s station';
}

/** Over each station in view: whose it is. */
export class Signs {
  private readonly layer = byId('labels', HTMLElement);
  private readonly pool: HTMLElement[] = [];
  private readonly place: Place = { x: 0, y: 0, z: DEPTH_METRES, size: SIZE_METRES };
  private readonly spot = { x: 0, y: 0 };

  constructor(private readonly market: Market) {}

  /** `toScreen` writes CSS pixels into its last argument and returns false for what is not in front of the camera. */
  update(world: WorldInfo, x: number, y: number, toScreen: (place: Place, into: { x: number; y: number }) => boolean): void {
    const { place, spot } = this;
    let used = 0;
    for (let region = 0; region < world.stations.length; region++) {
      const station = world.stations[region];
      if (Math.hypot(station.x - x, station.y - y) > SEEN_METRES) continue;
      place.x = station.x;
      place.y = station.y;
      if (toScreen(place, spot)) this.hang(this.at(used++), this.market.hexes[region]);
    }
    for (let i = used; i < this.pool.length; i++) this.pool[i].hidden = true;
  }

  clear(): void {
    for (const sign of this.pool) sign.hidden = true;
  }

  private hang(sign: HTMLElement, hex: HexState | undefined): void {
    const text = signText(hex);
    const look = `sign ${hex?.owner ?? 'nobody'}`;
    sign.hidden = false;
    if (sign.textContent !== text) sign.textContent = text;
    if (sign.className !== look) sign.className = look;
    sign.style.transform = `translate(${this.spot.x.toFixed(1)}px, ${this.spot.y.toFixed(1)}px) translate(-50%, -100%)`;
  }

  private at(i: number): HTMLElement {
    if (i < this.pool.length) return this.pool[i];
    const sign = document.createElement('div');
    this.layer.append(sign);
    this.pool.push(sign);
    return sign;
  }
}
