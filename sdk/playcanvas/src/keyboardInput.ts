import type { Input } from '@terrane/client';
import { Script } from 'playcanvas';
import type { InputSource } from './predictedPlayer.js';

const AXES: Readonly<Record<string, readonly [number, number]>> = {
  ...{ KeyD: [1, 0], ArrowRight: [1, 0], KeyA: [-1, 0], ArrowLeft: [-1, 0] },
  ...{ KeyW: [0, 1], ArrowUp: [0, 1], KeyS: [0, -1], ArrowDown: [0, -1] },
};

/** WASD or the arrow keys move, along the world's axes; the avatar looks where it goes. Space and shift are buttons of the game. */
export class KeyboardInput extends Script implements InputSource {
  static override scriptName = 'keyboardInput';

  /**
   * Bits of the button that space is.
   *
   * @attribute
   * @type {number}
   */
  spaceButton = 1;

  /**
   * Bits of the button that shift is.
   *
   * @attribute
   * @type {number}
   */
  shiftButton = 2;

  private readonly down = new Set<string>();
  private pressed = 0;
  private aim = 0;

  initialize(): void {
    const down = (event: KeyboardEvent): void => {
      if (!this.down.has(event.code)) this.pressed |= this.buttonOf(event.code);
      this.down.add(event.code);
    };
    const up = (event: KeyboardEvent): void => void this.down.delete(event.code);
    const release = (): void => this.down.clear();
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', release);
    this.once('destroy', () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', release);
    });
  }

  readInput(): Input {
    let [moveX, moveY, held] = [0, 0, 0];
    for (const code of this.down) {
      const [x, y] = AXES[code] ?? [0, 0];
      moveX = Math.min(1, Math.max(-1, moveX + x));
      moveY = Math.min(1, Math.max(-1, moveY + y));
      held |= this.buttonOf(code);
    }
    if (moveX !== 0 || moveY !== 0) this.aim = Math.atan2(moveY, moveX);
    const { aim, pressed } = this;
    this.pressed = 0;
    return { moveX, moveY, aim, held, pressed };
  }

  private buttonOf(code: string): number {
    if (code === 'Space') return this.spaceButton;
    return code === 'ShiftLeft' || code === 'ShiftRight' ? this.shiftButton : 0;
  }
}
