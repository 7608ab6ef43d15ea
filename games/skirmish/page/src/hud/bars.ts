import type { Craft, Own } from '../net/link.js';
import { VITALS_MAX } from '../net/link.js';
import { byId, setText } from './dom.js';
import { points, share } from './format.js';

/** Below this share a value is shown as an alarm. */
const LOW = 0.25;

/** Shield, armor, hull and energy of the own ship, its score and kills. */
export class Bars {
  private readonly score = byId('score', HTMLElement);
  private readonly kills = byId('kills', HTMLElement);
  private readonly values = ['shield', 'armor', 'hull', 'energy'].map((id) => {
    const value = byId(id, HTMLElement);
    const row = value.closest<HTMLElement>('.bar');
    const fill = row?.querySelector<HTMLElement>('u');
    if (!row || !fill) throw new Error(`index.html has no bar around ${id}`);
    return { value, row, fill };
  });

  update(craft: Craft | undefined, own: Own): void {
    const v = craft?.vitals ?? { shield: 0, armor: 0, hull: 0 };
    const full = VITALS_MAX.ship;
    this.set(0, v.shield, full.shield);
    this.set(1, v.armor, full.armor);
    this.set(2, v.hull, full.hull);
    this.set(3, own.energy, 100);
    if (!craft) return;
    setText(this.score, craft.score.toLocaleString('en'));
    setText(this.kills, String(craft.kills));
  }

  private set(i: number, value: number, full: number): void {
    const bar = this.values[i];
    const part = share(value, full);
    setText(bar.value, points(value));
    bar.fill.style.setProperty('--part', part.toFixed(3));
    bar.row.classList.toggle('low', part < LOW);
  }
}
