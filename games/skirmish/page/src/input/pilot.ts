import type { PilotInput } from '../net/link.js';
import { SkirmishButtons } from '../net/skirmishGame.js';

/** Buttons of the game, as bits of `held` and `pressed`. */
export const { FIRE, BOOST, BRAKE, CLOAK } = SkirmishButtons;

/** One way to steer: keys and mouse, touch, or a test. */
export interface Stick {
  /** Wished direction on the screen: x right, y up, length at most 1. */
  x: number;
  y: number;
}

/** Gathers what the player wants from all devices and hands it out once per simulation tick. */
export class Pilot {
  /** World radians. */
  aim = 0;
  private held = 0;
  private pressed = 0;
  private readonly sticks = new Map<string, Stick>();

  /** `source` wants to move so; `{0, 0}` to stop. The strongest wish wins. */
  steer(source: string, x: number, y: number): void {
    this.sticks.set(source, clampToCircle(x, y));
  }

  press(button: number): void {
    if ((this.held & button) === 0) this.pressed |= button;
    this.held |= button;
  }

  release(button: number): void {
    this.held &= ~button;
  }

  /** Nobody is at the controls: the window lost its focus, or the ship is gone. */
  releaseAll(): void {
    this.held = this.pressed = 0;
    for (const stick of this.sticks.values()) stick.x = stick.y = 0;
  }

  /** Without mouse or touch the ship looks where it goes. */
  aimAlong(): void {
    if (this.sticks.has('touch')) return;
    const wish = this.wish();
    if (Math.hypot(wish.x, wish.y) > 0) this.aim = Math.atan2(wish.y, wish.x);
  }

  /** The wish of one tick. A press is told once, even if it was released before. The camera never turns: screen up is north. */
  take(): PilotInput {
    const wish = this.wish();
    const input = { moveX: wish.x, moveY: wish.y, aim: this.aim, held: this.held, pressed: this.pressed };
    this.pressed = 0;
    return input;
  }

  private wish(): Stick {
    let wish: Stick = { x: 0, y: 0 };
    for (const stick of this.sticks.values()) if (Math.hypot(stick.x, stick.y) > Math.hypot(wish.x, wish.y)) wish = stick;
    return wish;
  }
}

export function clampToCircle(x: number, y: number): Stick {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return { x: 0, y: 0 };
  const length = Math.hypot(x, y);
  return length > 1 ? { x: x / length, y: y / length } : { x, y };
}
