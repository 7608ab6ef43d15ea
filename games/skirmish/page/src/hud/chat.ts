import { byId } from './dom.js';

const LINES = 4;
const SECONDS = 12;

/** What those say who see each other, like subtitles, and the line in which the player types: Enter or, for thumbs, a button opens it, Enter sends it, Escape closes it. */
export class Chat {
  /** What is shown or was, the newest last. */
  readonly heard: string[] = [];
  private readonly list = byId('chat', HTMLOListElement);
  private readonly form = byId('say', HTMLFormElement);
  private readonly line = byId('say-line', HTMLInputElement);
  private readonly button = byId('talk', HTMLButtonElement);

  /** @param active whether there is somebody to talk to @param say gives it to the world */
  constructor(
    private readonly active: () => boolean,
    private readonly say: (text: string) => void,
  ) {
    addEventListener('keydown', (event) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement;
      if (event.code !== 'Enter' || event.repeat || typing || !this.active()) return;
      event.preventDefault();
      this.open();
    });
    this.button.addEventListener('click', () => {
      if (this.active()) this.open();
    });
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.line.value.trim();
      if (text !== '') this.say(text);
      this.close();
    });
    this.line.addEventListener('keydown', (event) => {
      if (event.code === 'Escape') this.close();
    });
    this.line.addEventListener('blur', () => this.close());
  }

  /** @param tone `mine`: the player's own line; `note`: not a line, but why there is none */
  add(name: string, text: string, tone: 'other' | 'mine' | 'note'): void {
    this.heard.push(name === '' ? text : `${name}: ${text}`);
    if (this.heard.length > LINES) this.heard.shift();
    const line = document.createElement('li');
    line.className = tone;
    if (name !== '') {
      const by = document.createElement('b');
      by.textContent = name;
      line.append(by, ' ');
    }
    line.append(text);
    this.list.append(line);
    while (this.list.children.length > LINES) this.list.firstElementChild?.remove();
    setTimeout(() => line.remove(), SECONDS * 1000);
  }

  close(): void {
    if (this.form.hidden) return;
    this.line.value = '';
    this.form.hidden = true;
    byId('view', HTMLCanvasElement).focus({ preventScroll: true });
  }

  private open(): void {
    this.form.hidden = false;
    this.line.focus();
  }
}
