import { byId, setText } from './dom.js';

/** A button of the HUD with a key of its own. It never keeps the focus: the space bar belongs to the guns. */
export class Action {
  private readonly button: HTMLButtonElement;
  private readonly label: HTMLElement | null;
  private readonly cost: HTMLElement | null;

  /** @param code of the key, by its place on the keyboard @param held what a key does that is held down */
  constructor(id: string, code: string, act: () => void, held: 'once' | 'repeats' = 'once') {
    this.button = byId(id, HTMLButtonElement);
    this.label = this.button.querySelector('span');
    this.cost = this.button.querySelector('b');
    this.button.addEventListener('click', () => {
      this.button.blur();
      act();
    });
    addEventListener('keydown', (event) => {
      if (event.code !== code || (event.repeat && held === 'once') || event.ctrlKey || event.metaKey || event.altKey) return;
      // A key that is typed into a field is no wish; one for a button that is not shown neither.
      if ((event.target instanceof HTMLInputElement && event.target.type === 'text') || this.button.offsetParent === null) return;
      this.button.click();
    });
  }

  /** @param hindrance why it cannot be done now; empty: it can */
  update(label: string, cost: string, hindrance: string): void {
    if (this.label) setText(this.label, label);
    if (this.cost) setText(this.cost, cost);
    const disabled = hindrance !== '';
    if (this.button.disabled !== disabled) this.button.disabled = disabled;
    if (this.button.title !== hindrance) this.button.title = hindrance;
  }
}
