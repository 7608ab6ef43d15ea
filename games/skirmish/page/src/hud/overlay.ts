import type { LinkState } from '../net/link.js';
import { byId, setText } from './dom.js';
import { countdown } from './format.js';

/** Where any game is drawn, on a plain canvas. */
const CANVAS = '/canvas/';

/** What a refusal says and offers; without `act` of its own: to try again. */
const REFUSALS: Record<'name' | 'reload' | 'again' | 'elsewhere', { title: string; action: string; act?: () => void }> = {
  name: { title: 'Another name, please', action: 'Try again' },
  again: { title: 'The server said no', action: 'Try again' },
  reload: { title: 'This page is out of date', action: 'Reload the page', act: () => location.reload() },
  elsewhere: { title: 'Another game is played here', action: 'Open the plain canvas', act: () => location.assign(CANVAS) },
};

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
      const words = REFUSALS[state.advice];
      setText(this.title, words.title);
      setText(this.reason, state.reason);
      setText(this.count, '');
      setText(this.action, words.action);
      this.act = words.act ?? retry;
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
