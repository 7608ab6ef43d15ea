import { Script } from 'playcanvas';
import { NetworkEntity } from './networkEntity.js';
import { originOf } from './origin.js';
import { newMoment, place } from './placement.js';
import { sessionOf } from './terraneSession.js';

/** Puts the entity where the `networkEntity` beside it was at the moment that is shown: between two snapshots. Parents stay at the scene's origin. */
export class InterpolatedTransform extends Script {
  static override scriptName = 'interpolatedTransform';

  /**
   * Turn with the heading.
   *
   * @attribute
   * @type {boolean}
   */
  turns = true;

  /**
   * Added to the heading. −90: the model looks along −z, as PlayCanvas has it; 0: along x.
   *
   * @attribute
   * @type {number}
   */
  yawOffsetDegrees = -90;

  /**
   * Scene units above where it is.
   *
   * @attribute
   * @type {number}
   */
  heightOffset = 0;

  /**
   * Move the entity. Without it only `moment` tells where it is: for who draws hundreds in one batch.
   *
   * @attribute
   * @type {boolean}
   */
  places = true;

  /** Where it is drawn in this frame, in world metres and radians. */
  readonly moment = newMoment();
  private shown: NetworkEntity | null = null;

  update(): void {
    this.shown ??= this.entity.script?.get<NetworkEntity>(NetworkEntity) ?? null;
    const session = sessionOf(this.app);
    if (this.shown?.target === undefined || session === undefined) return;
    this.shown.target.sample(session.shownMs, this.moment);
    if (this.places) place(this.entity, this.moment, originOf(this.app), this);
  }
}
