import type * as pc from 'playcanvas';
import { approach, rayToPlane } from '../space/coordinates.js';

const DISTANCE_MIN = 38;
const DISTANCE_MAX = 210;
const DISTANCE_FIRST = 76;
/** Looking down by so much from the horizon; steeper when far out. */
const TILT_NEAR = 0.9;
const TILT_FAR = 1.13;
/** The camera leads the ship by so many seconds of its flight, at most so many metres. */
const LEAD_SECONDS = 0.42;
const LEAD_METRES_MAX = 16;

/** Follows the own ship, which is the scene's origin: from behind and above, leaning with speed, shaken by blasts. */
export class CameraRig {
  private distance = DISTANCE_FIRST * 2.2;
  private wanted = DISTANCE_FIRST;
  private leadX = 0;
  private leadZ = 0;
  private shake = 0;
  private roll = 0;
  /** 1 at the start screen, 0 in the game, between them on the way. */
  private showing = 1;

  /** True while the start screen is shown: the camera circles the ship from near by. */
  posing = true;

  constructor(
    private readonly camera: pc.Entity,
    private readonly calm: boolean,
  ) {}

  zoom(steps: number): void {
    this.wanted = Math.min(Math.max(this.wanted * 1.13 ** steps, DISTANCE_MIN), DISTANCE_MAX);
  }

  /** Sends the camera out, from where it glides in again. */
  pullBack(): void {
    this.distance = Math.max(this.distance, this.wanted * 2.2);
  }

  /** `strength` 1 is a blast next to the ship. */
  kick(strength: number): void {
    if (!this.calm) this.shake = Math.min(1, this.shake + strength);
  }

  update(seconds: number, velocityX: number, velocityZ: number, time: number, aspect: number): void {
    this.distance += (this.wanted - this.distance) * approach(2.6, seconds);
    const speed = Math.hypot(velocityX, velocityZ);
    const lead = speed > 0 ? Math.min(speed * LEAD_SECONDS, LEAD_METRES_MAX) / speed : 0;
    const follow = approach(2.2, seconds);
    this.leadX += (velocityX * lead - this.leadX) * follow;
    this.leadZ += (velocityZ * lead - this.leadZ) * follow;
    // A narrow screen sees less to the sides: step back.
    const reach = this.distance * Math.min(Math.max(1.15 / aspect, 1), 1.75);
    const far = Math.min(Math.max((this.distance - DISTANCE_MIN) / (DISTANCE_MAX - DISTANCE_MIN), 0), 1);
    const tilt = TILT_NEAR + (TILT_FAR - TILT_NEAR) * far;
    this.shake = Math.max(0, this.shake - seconds * 1.9);
    const trembling = this.shake * this.shake * reach * 0.016;
    const sx = Math.sin(time * 61) * trembling;
    const sy = Math.sin(time * 53 + 1) * trembling;
    this.showing += ((this.posing ? 1 : 0) - this.showing) * (this.calm ? 1 : approach(2.4, seconds));
    if (this.showing < 0.001) this.showing = 0;
    const pose = this.pose(time, aspect);
    const play = [
      this.leadX + sx,
      Math.sin(tilt) * reach,
      this.leadZ + sy + Math.cos(tilt) * reach,
      this.leadX + sx,
      0,
      this.leadZ + sy,
    ];
    const [ex, ey, ez, tx, ty, tz] = play.map((value, i) => value + (pose[i] - value) * this.showing);
    this.camera.setPosition(ex, ey, ez);
    this.camera.lookAt(tx, ty, tz);
    if (!this.calm) {
      this.roll += (-velocityX * 0.022 - this.roll) * approach(1.8, seconds);
      this.camera.rotateLocal(0, 0, this.roll);
    }
  }

  /** Eye and target at the start screen. The ship stands right of the words, or above them on a narrow screen. */
  private pose(time: number, aspect: number): readonly [number, number, number, number, number, number] {
    const t = this.calm ? 0 : time;
    const around = 0.42 + Math.sin(t * 0.11) * 0.16;
    const wide = aspect > 1;
    const far = wide ? 11.6 : 15;
    const up = wide ? 3.9 : 4.2;
    const aside = wide ? -2.9 : 0;
    return [
      Math.sin(around) * far + aside,
      up + Math.sin(t * 0.17) * 0.25,
      Math.cos(around) * far,
      aside,
      wide ? -0.35 : -3.1,
      0,
    ];
  }

  /** The scene point of the plane under a pixel of the canvas, or undefined above the horizon. */
  planeAt(lens: pc.CameraComponent, x: number, y: number): { x: number; z: number } | undefined {
    const eye = this.camera.getPosition();
    const through = lens.screenToWorld(x, y, 100);
    return rayToPlane(eye.x, eye.y, eye.z, through.x - eye.x, through.y - eye.y, through.z - eye.z);
  }
}
