/** Where a ray from `(ox, oy, oz)` along `(dx, dy, dz)` meets the scene's plane of height 0, or undefined if it points away. */
export function rayToPlane(
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
): { x: number; z: number } | undefined {
  if (Math.abs(dy) < 1e-6) return undefined;
  const t = -oy / dy;
  return t > 0 ? { x: ox + dx * t, z: oz + dz * t } : undefined;
}

/** The angle's equal within ±π. */
export function wrapAngle(radians: number): number {
  const turns = Math.round(radians / (2 * Math.PI));
  return radians - turns * 2 * Math.PI;
}

/** From `a` towards `b` the short way round, `t` of the way. */
export function mixAngle(a: number, b: number, t: number): number {
  return wrapAngle(a + wrapAngle(b - a) * t);
}

/** Share of the way to a goal after `seconds`, for a smoothing that does not depend on the frame rate. */
export function approach(ratePerSecond: number, seconds: number): number {
  return 1 - Math.exp(-ratePerSecond * seconds);
}
