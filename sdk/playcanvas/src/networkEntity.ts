import type { Entity, Fields } from '@terrane/client';
import type { PlayWorld } from '@terrane/client/alone';
import { Script } from 'playcanvas';
import { boardOf } from './entityBoard.js';
import { followWorld } from './followWorld.js';

/**
 * Binds what is in the scene to something in the world. A spawner does it by itself; with `avatar` it is bound to the own avatar.
 *
 * Fires `enter`, `change` (names of fields, such as `kit.position.x`) and `leave` (`despawned`, `left-view`; `unbound`: by the game), each on this script.
 */
export class NetworkEntity extends Script {
  static override scriptName = 'networkEntity';

  /**
   * Bound to the own avatar, whichever that is.
   *
   * @attribute
   * @type {boolean}
   */
  avatar = false;

  /** What it shows; undefined while it shows nothing. */
  target: Entity | undefined;
  private world: PlayWorld | undefined;

  initialize(): void {
    this.once('destroy', () => this.unbind());
    if (this.avatar) followWorld(this, (world) => this.followSelf(world));
  }

  /** Shows this from now on. */
  bind(world: PlayWorld, target: Entity): void {
    if (this.target === target && this.world === world) return;
    this.unbind();
    this.target = target;
    this.world = world;
    boardOf(world).add(this, target.id);
    this.fire('enter', target);
  }

  /** Shows nothing from now on. */
  unbind(reason = 'unbound'): void {
    const { target, world } = this;
    if (target === undefined || world === undefined) return;
    boardOf(world).remove(this, target.id);
    this.target = this.world = undefined;
    this.fire('leave', target, reason);
  }

  /** One of its components; undefined when it does not have it, or shows nothing. */
  component(name: string): Readonly<Fields> | undefined {
    return this.target?.components[name];
  }

  private followSelf(world: PlayWorld): () => void {
    const look = (): void => {
      const self = world.self && world.entities.get(world.self.avatar);
      if (self !== undefined) this.bind(world, self);
    };
    look();
    const off = world.on('self', look);
    return () => {
      off();
      this.unbind();
    };
  }
}
