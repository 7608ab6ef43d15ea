/** Frames per second over the last half second or so. */
export class FrameMeter {
  fps = 0;
  private frames = 0;
  private sinceMillis = 0;

  frame(nowMillis: number): void {
    this.frames++;
    if (this.sinceMillis === 0) this.sinceMillis = nowMillis;
    const elapsed = nowMillis - this.sinceMillis;
    if (elapsed < 500) return;
    this.fps = ((this.frames - 1) * 1000) / elapsed;
    this.frames = 1;
    this.sinceMillis = nowMillis;
  }
}
