import type { LinkState } from '../net/link.js';
import { byId, setText } from './dom.js';
import { countdown } from './format.js';

/** Covers the view when there is no world behind it, and says why and what comes next. */
export class Overlay {
  private readonly panel = byId('overlay', HTMLElement);
  private readonly title = byId('overlay-title', HTMLElement);
  private readonly reason = byId('overlay-reason', HTMLElement);
  private readonly count = byId('overlay-count', HTMLElement);
  private readonly action = byId('overlay-action', HTMLButtonElement);
  private act: () => void = () => undefined;

  constructor() {
    this.action.addEventListener('click', () => this.act());
  }

  /** `retry` starts over, for refusals that may pass. */
  show(state: LinkState, retry: () => void): void {
    const covered = state.phase === 'away' || (state.phase === 'refused' && state.advice !== 'name');
    this.panel.hidden = !covered;
    if (state.phase === 'away') {
      setText(this.title, state.title);
      setText(this.reason, state.reason);
      this.action.hidden = true;
    } else if (state.phase === 'refused') {
      const reload = state.advice === 'reload';
      setText(this.title, reload ? 'This page is out of date' : 'The server said no');
      setText(this.reason, state.reason);
      setText(this.count, '');
      setText(this.action, reload ? 'Reload the page' : 'Try again');
      this.act = reload ? () => location.reload() : retry;
      this.action.hidden = false;
      this.action.focus();
    }
  }

  update(state: LinkState, nowMillis: number): void {
    if (state.phase !== 'away') return;
    const seconds = (state.retryAtMillis - nowMillis) / 1000;
    setText(this.count, seconds > 0 ? `Next attempt in ${countdown(seconds)}` : 'Trying again …');
  }
}
