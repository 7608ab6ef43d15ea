import { clampToCircle, FIRE, type Pilot } from './pilot.js';

/** A thumb moves a stick by so many pixels for full effect. */
const REACH_PIXELS = 56;
/** The right stick fires beyond this share of its reach; below, it only aims. */
const FIRE_FROM = 0.45;
const AIM_FROM = 0.12;

/** Two thumbs: the left half of the screen steers, the right half aims and fires. A stick appears where the thumb lands. */
export function listenToThumbs(canvas: HTMLCanvasElement, layer: HTMLElement, pilot: Pilot): void {
  const left = new VirtualStick(layer, 'stick steer');
  const right = new VirtualStick(layer, 'stick aim');
  canvas.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse') return;
    event.preventDefault();
    document.body.classList.add('touch');
    const stick = event.clientX < innerWidth / 2 ? left : right;
    if (stick.pointer === undefined) stick.land(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId === left.pointer) {
      const { x, y } = left.drag(event);
      pilot.steer('touch', x, -y);
    } else if (event.pointerId === right.pointer) {
      const { x, y } = right.drag(event);
      const pull = Math.hypot(x, y);
      if (pull > AIM_FROM) pilot.aim = Math.atan2(-y, x);
      if (pull > FIRE_FROM) pilot.press(FIRE);
      else pilot.release(FIRE);
    }
  });
  const lift = (event: PointerEvent): void => {
    if (event.pointerId === left.pointer) {
      left.lift();
      pilot.steer('touch', 0, 0);
    } else if (event.pointerId === right.pointer) {
      right.lift();
      pilot.release(FIRE);
    }
  };
  canvas.addEventListener('pointerup', lift);
  canvas.addEventListener('pointercancel', lift);
}

class VirtualStick {
  pointer: number | undefined;
  private readonly base = document.createElement('div');
  private readonly knob = document.createElement('i');
  private centerX = 0;
  private centerY = 0;

  constructor(layer: HTMLElement, className: string) {
    this.base.className = className;
    this.base.append(this.knob);
    layer.append(this.base);
  }

  land(event: PointerEvent): void {
    this.pointer = event.pointerId;
    this.centerX = event.clientX;
    this.centerY = event.clientY;
    this.base.style.left = `${event.clientX}px`;
    this.base.style.top = `${event.clientY}px`;
    this.base.classList.add('held');
    this.knob.style.transform = '';
  }

  drag(event: PointerEvent): { x: number; y: number } {
    const pull = clampToCircle((event.clientX - this.centerX) / REACH_PIXELS, (event.clientY - this.centerY) / REACH_PIXELS);
    this.knob.style.transform = `translate(${pull.x * REACH_PIXELS}px, ${pull.y * REACH_PIXELS}px)`;
    return pull;
  }

  lift(): void {
    this.pointer = undefined;
    this.base.classList.remove('held');
    this.base.removeAttribute('style');
    this.knob.style.transform = '';
  }
}
