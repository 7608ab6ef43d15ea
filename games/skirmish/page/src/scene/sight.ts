import * as pc from 'playcanvas';

/** What the camera sees in this frame, and how large. What it does not see is not sent to the graphics card. */
export class Sight {
  private readonly frustum = new pc.Frustum();
  private readonly ball = new pc.BoundingSphere();
  private readonly both = new pc.Mat4();
  private readonly eye = new pc.Vec3();
  /** Drawn pixels of a metre that is a metre away. */
  private pixels = 1;

  /** Looks through the camera as it stands now. */
  take(camera: pc.Entity, lens: pc.CameraComponent, drawnHeight: number): void {
    this.both.mul2(lens.projectionMatrix, lens.viewMatrix);
    this.frustum.setFromMat4(this.both);
    this.eye.copy(camera.getPosition());
    this.pixels = drawnHeight / (2 * Math.tan((lens.fov * Math.PI) / 360));
  }

  /** Whether something of a ball in the scene may be on the screen. */
  sees(x: number, y: number, z: number, radius: number): boolean {
    this.ball.center.set(x, y, z);
    this.ball.radius = radius;
    return this.frustum.containsSphere(this.ball) !== 0;
  }

  /** Drawn pixels from the middle of a ball to its rim. */
  pixelRadius(x: number, y: number, z: number, radius: number): number {
    return (radius * this.pixels) / Math.max(1, Math.hypot(x - this.eye.x, y - this.eye.y, z - this.eye.z));
  }
}
