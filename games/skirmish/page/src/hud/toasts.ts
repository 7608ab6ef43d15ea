import { byId } from './dom.js';

const SECONDS = 4;
const AT_ONCE = 3;
const REMEMBERED_MAX = 32;

/** What is counted on the screen at the moment. */
interface Tally {
  readonly toast: HTMLElement;
  readonly sum: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A short word to the player that goes by itself. */
export class Toasts {
  /** What was said lately, the newest last. */
  readonly said: string[] = [];
  private readonly layer = byId('toasts', HTMLElement);
  private readonly tallies = new Map<string, Tally>();

  show(text: string): void {
    const toast = this.put(text);
    setTimeout(() => toast.remove(), SECONDS * 1000);
  }

  /** `+3 salvage`; what comes while that is shown is added to it. */
  tally(what: string, amount: number): void {
    const shown = this.tallies.get(what);
    if (shown) {
      clearTimeout(shown.timer);
      shown.toast.remove();
    }
    const sum = amount + (shown?.sum ?? 0);
    const toast = this.put(`+${sum.toLocaleString('en')} ${what}`);
    toast.className = 'gain';
    const timer = setTimeout(() => {
      toast.remove();
      this.tallies.delete(what);
    }, SECONDS * 1000);
    this.tallies.set(what, { toast, sum, timer });
  }

  private put(text: string): HTMLElement {
    const toast = document.createElement('p');
    toast.textContent = text;
    this.layer.append(toast);
    this.said.push(text);
    if (this.said.length > REMEMBERED_MAX) this.said.shift();
    while (this.layer.children.length > AT_ONCE) this.layer.firstElementChild?.remove();
    return toast;
  }
}
