import { setText } from './dom.js';

/** Shares of the way per second: a reward is counted in about half a second. */
const PER_SECOND = 7;
const LEAST_PER_SECOND = 12;

/** The next number to show on the way from `shown` to `goal`; arrives, and never goes past. */
export function countTowards(shown: number, goal: number, seconds: number): number {
  const way = goal - shown;
  const step = Math.max(Math.abs(way) * (1 - Math.exp(-PER_SECOND * seconds)), LEAST_PER_SECOND * seconds);
  return step >= Math.abs(way) ? goal : shown + Math.sign(way) * step;
}

/** A number that is counted up or down to what it is, and shines while it rises. */
export class Counter {
  private shown: number | undefined;
  private rising = false;

  constructor(private readonly element: HTMLElement) {}

  update(goal: number | undefined, seconds: number): void {
    if (goal === this.shown) {
      if (this.rising) this.element.classList.toggle('rising', (this.rising = false));
      return;
    }
    if (goal === undefined) {
      this.shown = undefined;
      setText(this.element, '–');
      return;
    }
    const rising = this.shown !== undefined && goal > this.shown;
    if (rising !== this.rising) this.element.classList.toggle('rising', (this.rising = rising));
    this.shown = countTowards(this.shown ?? goal, goal, seconds);
    setText(this.element, Math.round(this.shown).toLocaleString('en'));
  }
}
