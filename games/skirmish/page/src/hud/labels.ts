import type { Craft } from '../net/link.js';
import { VITALS_MAX } from '../net/link.js';
import { byId } from './dom.js';

/** At most so many labels, by richness: each moves every frame, and a machine without a graphics card paints them one by one. */
const LABELS_MIN = 10;
const LABELS_MAX = 28;
/** Drones say nothing until they are hurt or near. */
const DRONE_METRES = 45;
/** Players come before drones that are nearer by so much. */
const DRONES_LATER_METRES = 60;

interface Label {
  root: HTMLDivElement;
  name: Text;
  parts: HTMLElement[];
  shown: boolean;
}

/** Names and small bars over ships, as DOM elements of a fixed pool: crisp at any resolution. */
export class Labels {
  private readonly layer = byId('labels', HTMLElement);
  private readonly pool: Label[] = [];
  /** The nearest, nearest first, and how far they are. */
  private readonly nearest: Craft[] = [];
  private readonly metres: number[] = [];
  private readonly spot = { x: 0, y: 0 };

  /** Share of the labels that are shown. */
  richness = 1;

  /** `toScreen` writes CSS pixels into its last argument and returns false for what is not in front of the camera. */
  update(
    crafts: ReadonlyMap<string, Craft>,
    selfId: string | undefined,
    x: number,
    y: number,
    toScreen: (craft: Craft, into: { x: number; y: number }) => boolean,
  ): void {
    const most = Math.round(LABELS_MIN + (LABELS_MAX - LABELS_MIN) * this.richness);
    this.nearest.length = this.metres.length = 0;
    for (const craft of crafts.values()) {
      if (craft.id === selfId || (craft.kind !== 'ship' && craft.kind !== 'drone')) continue;
      const metres = Math.hypot(craft.x - x, craft.y - y);
      if (craft.kind === 'ship') this.consider(craft, metres, most);
      else if (metres < DRONE_METRES || (metres < DRONE_METRES * 3 && hurt(craft)))
        this.consider(craft, metres + DRONES_LATER_METRES, most);
    }
    let used = 0;
    for (const craft of this.nearest) if (this.onScreen(craft, toScreen)) this.show(this.at(used++), craft, this.spot);
    for (let i = used; i < this.pool.length; i++) this.hide(this.pool[i]);
  }

  clear(): void {
    for (const label of this.pool) this.hide(label);
  }

  /** Keeps the nearest `most`, sorted as they come. */
  private consider(craft: Craft, metres: number, most: number): void {
    let i = this.nearest.length;
    if (i >= most && metres >= this.metres[i - 1]) return;
    if (i < most) i++;
    for (i--; i > 0 && this.metres[i - 1] > metres; i--) {
      this.nearest[i] = this.nearest[i - 1];
      this.metres[i] = this.metres[i - 1];
    }
    this.nearest[i] = craft;
    this.metres[i] = metres;
  }

  private onScreen(craft: Craft, toScreen: (craft: Craft, into: { x: number; y: number }) => boolean): boolean {
    const at = this.spot;
    return toScreen(craft, at) && at.x > -60 && at.y > -30 && at.x < innerWidth + 60 && at.y < innerHeight + 30;
  }

  private show(label: Label, craft: Craft, place: { x: number; y: number }): void {
    const { root } = label;
    if (!label.shown) root.hidden = !(label.shown = true);
    const name = craft.kind === 'ship' ? craft.name : '';
    if (label.name.data !== name) label.name.data = name;
    if (root.className !== craft.kind) root.className = craft.kind;
    root.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px) translate(-50%, -100%)`;
    const full = VITALS_MAX[craft.kind === 'drone' ? 'drone' : 'ship'];
    const sum = full.hull + full.armor + full.shield;
    const v = craft.vitals ?? full;
    this.fill(label.parts[0], v.hull / sum);
    this.fill(label.parts[1], v.armor / sum);
    this.fill(label.parts[2], v.shield / sum);
  }

  private fill(part: HTMLElement, share: number): void {
    const width = `${Math.max(0, share * 100).toFixed(0)}%`;
    if (part.style.width !== width) part.style.width = width;
  }

  private hide(label: Label): void {
    if (label.shown) label.root.hidden = !(label.shown = false);
  }

  private at(i: number): Label {
    if (i < this.pool.length) return this.pool[i];
    const root = document.createElement('div');
    const name = document.createTextNode('');
    const bar = document.createElement('i');
    const parts = [0, 1, 2].map(() => document.createElement('u'));
    bar.append(...parts);
    root.append(name, bar);
    root.hidden = true;
    this.layer.append(root);
    const label = { root, name, parts, shown: false };
    this.pool.push(label);
    return label;
  }
}

function hurt(craft: Craft): boolean {
  if (!craft.vitals || (craft.kind !== 'ship' && craft.kind !== 'drone')) return false;
  const full = VITALS_MAX[craft.kind];
  return craft.vitals.shield < full.shield || craft.vitals.armor < full.armor || craft.vitals.hull < full.hull;
}
