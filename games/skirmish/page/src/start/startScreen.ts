import { byId, setText } from '../hud/dom.js';
import { cleanName } from './callsign.js';

const STORED_AS = 'skirmish.name';

/** The first thing a player sees: a name and a button. */
export class StartScreen {
  private readonly screen = byId('start', HTMLElement);
  private readonly form = byId('join', HTMLFormElement);
  private readonly name = byId('name', HTMLInputElement);
  private readonly fly = byId('fly', HTMLButtonElement);
  private readonly hint = byId('name-hint', HTMLElement);

  constructor(onFly: (name: string) => void) {
    this.name.value = remembered();
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = cleanName(this.name.value);
      if (name === '') {
        this.complain('Choose a callsign of 1 to 24 characters.');
        return;
      }
      remember(name);
      this.waiting(true);
      onFly(name);
    });
    this.name.addEventListener('input', () => setText(this.hint, ''));
    if (matchMedia('(pointer: fine)').matches) this.name.focus();
  }

  show(): void {
    this.screen.hidden = false;
    this.waiting(false);
  }

  hide(): void {
    this.screen.hidden = true;
    this.waiting(false);
  }

  complain(text: string): void {
    this.show();
    setText(this.hint, text);
    this.name.focus();
    this.name.select();
  }

  private waiting(yes: boolean): void {
    this.fly.disabled = yes;
    setText(this.fly, yes ? 'Joining' : 'Fly');
    if (yes) setText(this.hint, '');
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(STORED_AS) ?? '';
  } catch {
    return ''; // Storage may be forbidden; the game goes on without memory.
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(STORED_AS, name);
  } catch {
    // As above.
  }
}
