import type { Craft } from '../net/link.js';
import { VITALS_MAX } from '../net/link.js';
import { byId } from './dom.js';

/** At most so many labels: the nearest win. */
const LABELS = 28;
/** Drones say nothing until they are hurt or near. */
const DRONE_METRES = 45;

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
  private readonly order: { craft: Craft; metres: number }[] = [];

  /** `toScreen` writes CSS pixels into its last argument and returns false for what is not in front of the camera. */
  update(
    crafts: ReadonlyMap<string, Craft>,
    selfId: string | undefined,
    x: number,
    y: number,
    toScreen: (craft: Craft, into: { x: number; y: number }) => boolean,
  ): void {
    this.order.length = 0;
    for (const craft of crafts.values()) {
      if (craft.id === selfId || (craft.kind !== 'ship' && craft.kind !== 'drone')) continue;
      const metres = Math.hypot(craft.x - x, craft.y - y);
      if (craft.kind === 'ship' || (hurt(craft) && metres < DRONE_METRES * 3) || metres < DRONE_METRES)
        this.order.push({ craft, metres });
    }
    this.order.sort((a, b) => a.metres - b.metres);
    const place = { x: 0, y: 0 };
    let used = 0;
    for (const { craft } of this.order) {
      if (used >= LABELS) break;
      if (!toScreen(craft, place) || place.x < -60 || place.y < -30 || place.x > innerWidth + 60 || place.y > innerHeight + 30)
        continue;
      this.show(this.at(used++), craft, place);
    }
    for (let i = used; i < this.pool.length; i++) this.hide(this.pool[i]);
  }

  clear(): void {
    for (const label of this.pool) this.hide(label);
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
    [v.hull, v.armor, v.shield].forEach((value, i) => {
      const width = `${Math.max(0, (value / sum) * 100).toFixed(0)}%`;
      if (label.parts[i].style.width !== width) label.parts[i].style.width = width;
    });
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
