import type { AppBase } from 'playcanvas';

/**
 * How a world lies in a scene.
 *
 * World: x and y span the plane, z is up, metres, angles from x towards y.
 * Scene: x stays, height is y, and the world's y goes away from the viewer (−z), so north is up on the screen and an angle is a rotation about +y without a change of sign.
 *
 * Scene numbers have 32 bits, so the scene's origin stays near what is looked at: differences are taken in 64 bits.
 */
export class Origin {
  /** World metres of the scene's origin. */
  x = 0;
  y = 0;
  unitsPerMetre = 1;

  moveTo(x: number, y: number): void {
    this.x = x;
    this.y = y;
  }

  sceneX(worldX: number): number {
    return (worldX - this.x) * this.unitsPerMetre;
  }

  sceneZ(worldY: number): number {
    return (this.y - worldY) * this.unitsPerMetre;
  }

  worldX(sceneX: number): number {
    return sceneX / this.unitsPerMetre + this.x;
  }

  worldY(sceneZ: number): number {
    return this.y - sceneZ / this.unitsPerMetre;
  }
}

const origins = new WeakMap<AppBase, Origin>();

/** The one of an application. Without a {@link FloatingOrigin} script it stays where it is put. */
export function originOf(app: AppBase): Origin {
  let origin = origins.get(app);
  if (origin === undefined) origins.set(app, (origin = new Origin()));
  return origin;
}
