import { BRAKE, FIRE, type Pilot } from './pilot.js';

/** The last place of the mouse over the canvas, in CSS pixels. The game turns it into an aim in each frame, because the ship moves under it. */
export class Mouse {
  x = 0;
  y = 0;
  /** False until the mouse was moved: a touch screen has none. */
  present = false;

  constructor(canvas: HTMLCanvasElement, pilot: Pilot, zoom: (steps: number) => void) {
    canvas.addEventListener('pointermove', (event) => this.see(event));
    canvas.addEventListener('pointerdown', (event) => {
      if (event.pointerType !== 'mouse') return;
      this.see(event);
      canvas.setPointerCapture(event.pointerId);
      pilot.press(event.button === 2 ? BRAKE : FIRE);
    });
    canvas.addEventListener('pointerup', (event) => {
      if (event.pointerType === 'mouse') pilot.release(event.button === 2 ? BRAKE : FIRE);
    });
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        zoom(Math.sign(event.deltaY));
      },
      { passive: false },
    );
  }

  private see(event: PointerEvent): void {
    if (event.pointerType !== 'mouse') return;
    this.x = event.clientX;
    this.y = event.clientY;
    this.present = true;
  }
}
