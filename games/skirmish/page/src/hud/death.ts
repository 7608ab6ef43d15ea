import { byId, setText } from './dom.js';
import { countdown } from './format.js';

/** What is shown between two ships. */
export class DeathScreen {
  private readonly panel = byId('death', HTMLElement);
  private readonly by = byId('death-by', HTMLElement);
  private readonly count = byId('death-count', HTMLElement);
  private killer = '';

  /** Remembers who did it; the server's next word says that the ship is gone. */
  killedBy(name: string): void {
    this.killer = name;
  }

  update(respawnIn: number): void {
    const dead = respawnIn > 0;
    if (this.panel.hidden === dead) {
      this.panel.hidden = !dead;
      if (dead) setText(this.by, this.killer ? `${this.killer} got you` : '');
      else this.killer = '';
    }
    if (dead) setText(this.count, countdown(respawnIn));
  }
}
