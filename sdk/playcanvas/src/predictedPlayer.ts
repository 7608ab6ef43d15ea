import type { Input } from '@terrane/client';
import { Script } from 'playcanvas';
import { followWorld } from './followWorld.js';
import { originOf } from './origin.js';
import { place } from './placement.js';
import { sessionOf } from './terraneSession.js';

/** Who is asked, once a tick of the simulation, what the player wants. */
export interface InputSource {
  readInput(): Input;
}

/**
 * The own avatar, drawn ahead of the server: it asks for the player's wishes and puts the entity where they lead at once. When the server knows better, it slides there.
 *
 * Who is asked is `input`, or else the first script of the same entity that has a `readInput()`. While this script is disabled, nobody steers.
 */
export class PredictedPlayer extends Script {
  static override scriptName = 'predictedPlayer';

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

  input: InputSource | undefined;

  initialize(): void {
    followWorld(this, (world) => world.steer(() => (this.enabled ? this.ask() : {})));
  }

  update(): void {
    const own = sessionOf(this.app)?.own;
    if (own !== undefined) place(this.entity, own, originOf(this.app), this);
  }

  private ask(): Input {
    this.input ??= this.entity.script?.scripts.find((each) => 'readInput' in each) as InputSource | undefined;
    return this.input?.readInput() ?? {};
  }
}
