import type { Judged } from '../net/link.js';
import { byId } from './dom.js';
import type { Place } from './signs.js';

const SHOWN_MILLIS = 1000;
const RING_COUNT_MAX = 32;

type ToScreen = (place: Place, into: { x: number; y: number }) => boolean;

interface Ring {
  readonly element: HTMLElement;
  readonly place: Place;
  radius: number;
  endMillis: number;
}

/** For development: two rings for each hit that the server judged by the past, where the target was for its shooter and where it is. They fade in a second. */
export class JudgedRings {
  private readonly layer = byId('labels', HTMLElement);
  private readonly rings: Ring[] = [];
  private readonly spot = { x: 0, y: 0 };
  private readonly rim = { x: 0, y: 0 };
  private next = 0;

  show(judged: Judged, nowMillis: number): void {
    this.put('judged seen', judged.seenX, judged.seenY, judged.radius, nowMillis);
    this.put('judged', judged.x, judged.y, judged.radius, nowMillis);
  }

  private put(look: string, x: number, y: number, radius: number, nowMillis: number): void {
    if (this.rings.length <= this.next) this.rings.push(this.made());
    const ring = this.rings[this.next];
    this.next = (this.next + 1) % RING_COUNT_MAX;
    ring.element.className = look;
    ring.place.x = x;
    ring.place.y = y;
    ring.radius = radius;
    ring.endMillis = nowMillis + SHOWN_MILLIS;
  }

  private made(): Ring {
    const element = document.createElement('div');
    this.layer.append(element);
    return { element, place: { x: 0, y: 0, z: 0, size: 0 }, radius: 0, endMillis: 0 };
  }

  /** `toScreen` as for signs. */
  update(nowMillis: number, toScreen: ToScreen): void {
    for (const ring of this.rings) {
      const left = (ring.endMillis - nowMillis) / SHOWN_MILLIS;
      ring.element.hidden = left <= 0 || !this.lies(ring, toScreen);
      if (!ring.element.hidden) ring.element.style.opacity = left.toFixed(2);
    }
  }

  /** Puts the ring where it belongs on the screen; false if that is behind the camera. */
  private lies(ring: Ring, toScreen: ToScreen): boolean {
    const { place, element } = ring;
    const seen = toScreen(place, this.spot);
    place.x += ring.radius;
    const rimSeen = toScreen(place, this.rim);
    place.x -= ring.radius;
    const pixels = Math.hypot(this.rim.x - this.spot.x, this.rim.y - this.spot.y);
    element.style.width = element.style.height = `${(2 * pixels).toFixed(1)}px`;
    element.style.transform = `translate(${this.spot.x.toFixed(1)}px, ${this.spot.y.toFixed(1)}px) translate(-50%, -50%)`;
    return seen && rimSeen;
  }
}
