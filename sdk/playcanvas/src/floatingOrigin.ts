import { Script } from 'playcanvas';
import { originOf } from './origin.js';
import type { TerraneSession } from './terraneSession.js';

/**
 * Keeps the scene's origin near the own avatar, so that nothing trembles far out. On any entity, one per application.
 *
 * What the other scripts place is right in each frame by itself. Whatever else stands in the scene has to be moved when the application hears `terrane:origin`
 * (x and z in scene units, to be added).
 */
export class FloatingOrigin extends Script {
  static override scriptName = 'floatingOrigin';

  /**
   * So far the avatar goes before the origin follows, in metres. 0: it follows in each frame.
   *
   * @attribute
   * @type {number}
   */
  stepMetres = 512;

  /**
   * Scene units of a metre.
   *
   * @attribute
   * @type {number}
   */
  unitsPerMetre = 1;

  initialize(): void {
    originOf(this.app).unitsPerMetre = this.unitsPerMetre;
    this.app.on('terrane:frame', this.follow, this);
    this.once('destroy', () => this.app.off('terrane:frame', this.follow, this));
  }

  private follow({ own }: TerraneSession): void {
    if (own === undefined || !this.enabled) return;
    const origin = originOf(this.app);
    const [x, z] = [origin.sceneX(own.x), origin.sceneZ(own.y)];
    const away = Math.max(Math.abs(x), Math.abs(z)) / origin.unitsPerMetre;
    if (away === 0 || away < this.stepMetres) return;
    origin.moveTo(own.x, own.y);
    this.app.fire('terrane:origin', 0 - x, 0 - z);
  }
}
