import { BOOST, BRAKE, CLOAK, FIRE, type Pilot } from './pilot.js';

const DIRECTIONS: Record<string, readonly [number, number]> = {
  KeyW: [0, 1],
  ArrowUp: [0, 1],
  KeyS: [0, -1],
  ArrowDown: [0, -1],
  KeyA: [-1, 0],
  ArrowLeft: [-1, 0],
  KeyD: [1, 0],
  ArrowRight: [1, 0],
};

const BUTTONS: Record<string, number> = {
  Space: FIRE,
  ShiftLeft: BOOST,
  ShiftRight: BOOST,
  KeyX: BRAKE,
  ControlLeft: BRAKE,
  KeyC: CLOAK,
};

/** Keys by their place on the keyboard, so that WASD works on any layout. Only while `active` says so. */
export function listenToKeys(pilot: Pilot, active: () => boolean): void {
  const down = new Set<string>();
  const steer = (): void => {
    let x = 0;
    let y = 0;
    for (const code of down) {
      x += DIRECTIONS[code]?.[0] ?? 0;
      y += DIRECTIONS[code]?.[1] ?? 0;
    }
    pilot.steer('keys', Math.sign(x), Math.sign(y));
  };
  addEventListener('keydown', (event) => {
    // What is typed into a line is text; a slider that was tabbed to has the arrows.
    if (event.target instanceof HTMLInputElement && (event.target.type === 'text' || event.code.startsWith('Arrow'))) return;
    const button = BUTTONS[event.code];
    if (!active() || (button === undefined && !DIRECTIONS[event.code]) || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (button !== undefined) pilot.press(button);
    else {
      down.add(event.code);
      steer();
    }
  });
  addEventListener('keyup', (event) => {
    const button = BUTTONS[event.code];
    if (button !== undefined) pilot.release(button);
    if (down.delete(event.code)) steer();
  });
  addEventListener('blur', () => {
    down.clear();
    pilot.releaseAll();
  });
}
