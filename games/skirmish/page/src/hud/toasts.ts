import { byId } from './dom.js';

const SECONDS = 4;
const AT_ONCE = 3;

/** A short word to the player that goes by itself. */
export class Toasts {
  private readonly layer = byId('toasts', HTMLElement);

  show(text: string): void {
    const toast = document.createElement('p');
    toast.textContent = text;
    this.layer.append(toast);
    while (this.layer.children.length > AT_ONCE) this.layer.firstElementChild?.remove();
    setTimeout(() => toast.remove(), SECONDS * 1000);
  }
}
