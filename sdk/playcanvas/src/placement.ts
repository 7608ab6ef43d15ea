import type { Sample } from '@terrane/client';
import type { Entity as SceneEntity } from 'playcanvas';
import type { Origin } from './origin.js';

const DEGREES = 180 / Math.PI;

/** How a model stands in its entity. */
export interface Stance {
  readonly turns: boolean;
  readonly yawOffsetDegrees: number;
  readonly heightOffset: number;
}

export const newMoment = (): Sample => ({ x: 0, y: 0, z: 0, heading: 0, extrapolated: false });

/** Local coordinates: to ask for the parents' would cost an inverted matrix per entity and frame. */
export function place(entity: SceneEntity, at: Sample, origin: Origin, stance: Stance): void {
  entity.setLocalPosition(origin.sceneX(at.x), at.z * origin.unitsPerMetre + stance.heightOffset, origin.sceneZ(at.y));
  if (stance.turns) entity.setLocalEulerAngles(0, at.heading * DEGREES + stance.yawOffsetDegrees, 0);
}
