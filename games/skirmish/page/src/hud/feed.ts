import { byId } from './dom.js';

const LINES = 5;
const SECONDS = 8;

export type FeedTone = 'other' | 'mine' | 'loss';

/** Who shot down whom, newest first. */
export class Feed {
  private readonly list = byId('feed', HTMLOListElement);

  add(killer: string, victim: string, tone: FeedTone): void {
    const line = document.createElement('li');
    if (tone !== 'other') line.className = tone;
    const by = document.createElement('b');
    by.textContent = killer;
    const whom = document.createElement('b');
    whom.textContent = victim;
    line.append(by, ' destroyed ', whom);
    this.list.prepend(line);
    while (this.list.children.length > LINES) this.list.lastElementChild?.remove();
    setTimeout(() => line.remove(), SECONDS * 1000);
  }
}
