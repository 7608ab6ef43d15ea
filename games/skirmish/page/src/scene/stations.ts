import type * as pc from 'playcanvas';
import { DOCK_METRES, type HexOwner } from '../net/market.js';
import type { Origin } from '@terrane/playcanvas';
import { Batch } from './batch.js';
import { Lines, type Segment } from './lines.js';
import type { Materials } from './materials.js';
import { station } from './mesh/station.js';
import type { Rgb } from './palette.js';

const SIZE_METRES = 14;
/** Under the ships: a station hides nobody. */
const DEPTH_METRES = 14;
const SEEN_METRES = 420;
const COUNT_MAX = 8;
const RADIANS_PER_SECOND = 0.07;
const RING_SIDES = 96;
/** The list of those near by is made anew after so many metres of flight. */
const SEARCH_METRES = 40;

const PAINTS: Record<HexOwner, Rgb> = { nobody: [0.75, 0.85, 1], self: [0.1, 0.65, 1], other: [1, 0.36, 0.08] };

interface Place {
  readonly region: number;
  readonly x: number;
  readonly y: number;
}

/** The stations in view, and around the nearest one a ring: within it a ship can buy. */
export class Stations {
  private readonly batch: Batch;
  private readonly ring: Lines;
  private places: readonly Place[] = [];
  private near: Place[] = [];
  private searchedX = Number.NaN;
  private searchedY = Number.NaN;

  constructor(app: pc.AppBase, materials: Materials) {
    this.batch = new Batch(app, station(), materials.hull, COUNT_MAX);
    this.ring = new Lines(app, { color: [0.03, 0.15, 0.17], reachMetres: 380, halfWidthMetres: 1.4, sharpness: 20, glow: 0.12 });
    this.ring.draw(circle(DOCK_METRES), 0, 0);
    this.ring.visible = false;
  }

  setPlaces(places: readonly { x: number; y: number }[]): void {
    this.places = places.map(({ x, y }, region) => ({ region, x, y }));
    this.searchedX = Number.NaN;
  }

  update(origin: Origin, time: number, visible: boolean, ownerOf: (region: number) => HexOwner): void {
    if (!(Math.hypot(origin.x - this.searchedX, origin.y - this.searchedY) < SEARCH_METRES)) this.search(origin);
    const { batch } = this;
    const nearest = visible ? this.near[0] : undefined;
    this.ring.visible = nearest !== undefined;
    if (nearest) this.ring.anchorAt(nearest.x, nearest.y);
    this.ring.update(origin);
    batch.begin();
    if (visible) for (const place of this.near) this.put(place, origin, time, PAINTS[ownerOf(place.region)]);
    batch.end();
  }

  private search(origin: Origin): void {
    this.searchedX = origin.x;
    this.searchedY = origin.y;
    const metres = (place: Place): number => Math.hypot(place.x - origin.x, place.y - origin.y);
    this.near = this.places.filter((place) => metres(place) < SEEN_METRES);
    this.near.sort((a, b) => metres(a) - metres(b));
    this.near.length = Math.min(this.near.length, COUNT_MAX);
  }

  private put(place: Place, origin: Origin, time: number, paint: Rgb): void {
    const i = this.batch.add();
    if (i < 0) return;
    const half = (time * RADIANS_PER_SECOND + place.region) / 2;
    const blink = 0.55 + 0.45 * Math.sin(time * 2.2);
    const instance = [origin.sceneX(place.x), -DEPTH_METRES, origin.sceneZ(place.y), SIZE_METRES];
    instance.push(0, Math.sin(half), 0, Math.cos(half), paint[0], paint[1], paint[2], 0, blink, place.region, 0, 0);
    this.batch.values.set(instance, i);
  }
}

function circle(radius: number): Segment[] {
  return Array.from({ length: RING_SIDES }, (_, i) => {
    const [from, to] = [(i / RING_SIDES) * 2 * Math.PI, ((i + 1) / RING_SIDES) * 2 * Math.PI];
    return [radius * Math.cos(from), radius * Math.sin(from), radius * Math.cos(to), radius * Math.sin(to)];
  });
}
