import type { Entity } from '@terrane/client';
import type { PlayWorld } from '@terrane/client/alone';
import { type Asset, Entity as SceneEntity, Script } from 'playcanvas';
import { followWorld } from './followWorld.js';
import { InterpolatedTransform } from './interpolatedTransform.js';
import { NetworkEntity } from './networkEntity.js';
import { Pool } from './pool.js';
import { type InputSource, PredictedPlayer } from './predictedPlayer.js';

interface Shown {
  readonly entity: SceneEntity;
  readonly kind: string;
  readonly own: boolean;
}

/**
 * Makes an entity of the scene, below its own, for each that comes into view, and takes it back when that leaves. Templates are chosen by the value of a field, factories by
 * whatever the game wants. What they lack gets a `networkEntity` and an `interpolatedTransform`; the own avatar a `predictedPlayer` instead.
 *
 * Fires `spawn` and `despawn` (entity of the scene, entity of the world) on this script.
 */
export class EntitySpawner extends Script {
  static override scriptName = 'entitySpawner';

  /**
   * Only what has this component is shown; empty: everything.
   *
   * @attribute
   * @type {string}
   */
  component = '';

  /**
   * Field of that component whose value, from 0, chooses the template; empty: the first.
   *
   * @attribute
   * @type {string}
   */
  kindField = '';

  /**
   * Templates by kind. Of a kind without one nothing is shown.
   *
   * @attribute
   * @type {Asset[]}
   * @resource template
   */
  templates: Asset[] = [];

  /**
   * The own avatar's template; without one it has that of its kind.
   *
   * @attribute
   * @type {Asset}
   * @resource template
   */
  avatarTemplate: Asset | null = null;

  /**
   * Show the own avatar, too. Not, where it stands in the scene already.
   *
   * @attribute
   * @type {boolean}
   */
  avatar = true;

  /**
   * At most so many are shown; the others wait until one leaves.
   *
   * @attribute
   * @type {number}
   */
  shownMax = 2048;

  /**
   * At most so many of each kind are kept to be used again.
   *
   * @attribute
   * @type {number}
   */
  pooledMax = 64;

  /** Instead of templates: makes an entity of the scene for this kind; undefined: it is not shown. */
  make: ((kind: string, own: boolean) => SceneEntity | undefined) | undefined;
  /** Instead of `kindField`: entities of one kind may be used for one another. */
  kindOf: ((entity: Entity) => string) | undefined;
  /** Who is asked for the own avatar's input; see {@link PredictedPlayer}. */
  input: InputSource | undefined;

  /** What is shown, by the world's id. */
  readonly shown = new Map<bigint, Shown>();
  private readonly pool = new Pool();
  private readonly waiting = new Set<bigint>();
  private world: PlayWorld | undefined;
  private ownId: bigint | undefined;

  initialize(): void {
    followWorld(this, (world) => this.follow(world));
    this.once('destroy', () => this.pool.clear());
  }

  /** The entity of the scene that shows this one. */
  find(id: bigint): SceneEntity | undefined {
    return this.shown.get(id)?.entity;
  }

  private follow(world: PlayWorld): () => void {
    this.world = world;
    this.ownId = world.self?.avatar;
    const enter = (entity: Entity): void => this.show(world, entity);
    const leave = (entity: Entity): void => this.hide(entity);
    const change = (entity: Entity): void => this.renew(world, entity);
    const { component } = this;
    const off = [
      component === '' ? world.onEnter(enter) : world.onEnter(component, enter),
      component === '' ? world.onLeave(leave) : world.onLeave(component, leave),
      component === '' ? world.onChange(change) : world.onChange(component, change),
      world.on('self', (self) => this.own(world, self.avatar)),
    ];
    for (const entity of world.entities.values()) if (component === '' || entity.components[component] !== undefined) enter(entity);
    return () => {
      for (const each of off) each();
      this.waiting.clear();
      for (const id of [...this.shown.keys()]) this.takeBack(id);
      this.world = undefined;
    };
  }

  private show(world: PlayWorld, target: Entity): void {
    const own = target.id === this.ownId;
    if (own && !this.avatar) return;
    if (this.shown.has(target.id)) return;
    if (this.shown.size >= this.shownMax && !own) return void this.waiting.add(target.id);
    const kind = this.kind(target);
    const entity = (own ? undefined : this.pool.take(kind)) ?? this.build(kind, own);
    if (entity === undefined) return;
    this.shown.set(target.id, { entity, kind, own });
    entity.script?.get<NetworkEntity>(NetworkEntity)?.bind(world, target);
    this.fire('spawn', entity, target);
  }

  private hide(target: Entity): void {
    this.waiting.delete(target.id);
    this.takeBack(target.id, target);
    for (const id of this.waiting) {
      if (this.shown.size >= this.shownMax) break;
      this.waiting.delete(id);
      const next = this.world?.entities.get(id);
      if (this.world !== undefined && next !== undefined) this.show(this.world, next);
    }
  }

  /** What has become of another kind looks otherwise. */
  private renew(world: PlayWorld, target: Entity): void {
    const shown = this.shown.get(target.id);
    if (shown === undefined || shown.kind === this.kind(target)) return;
    this.takeBack(target.id, target);
    this.show(world, target);
  }

  /** The server tells which one is steered after it has come into view. */
  private own(world: PlayWorld, id: bigint): void {
    if (id === this.ownId) return;
    const before = this.ownId;
    this.ownId = id;
    for (const each of [before, id]) {
      const target = each === undefined ? undefined : world.entities.get(each);
      if (target === undefined || (!this.shown.has(target.id) && target.id !== id)) continue;
      this.takeBack(target.id, target);
      if (this.component === '' || target.components[this.component] !== undefined) this.show(world, target);
    }
  }

  private takeBack(id: bigint, target?: Entity): void {
    const shown = this.shown.get(id);
    if (shown === undefined) return;
    this.shown.delete(id);
    if (target !== undefined) this.fire('despawn', shown.entity, target);
    shown.entity.script?.get<NetworkEntity>(NetworkEntity)?.unbind();
    if (shown.own) shown.entity.destroy();
    else this.pool.give(shown.kind, shown.entity, this.pooledMax);
  }

  private kind(target: Entity): string {
    if (this.kindOf !== undefined) return this.kindOf(target);
    return this.kindField === '' ? '0' : String(target.components[this.component]?.[this.kindField] ?? 0);
  }

  private build(kind: string, own: boolean): SceneEntity | undefined {
    const template = own && this.avatarTemplate !== null ? this.avatarTemplate : this.templates[Number(kind)];
    const entity = this.make === undefined ? (template?.resource as { instantiate(): SceneEntity } | undefined)?.instantiate() : this.make(kind, own);
    if (entity === undefined) return undefined;
    if (entity.script === undefined) entity.addComponent('script');
    // Below its parent scripts begin, and find what is beside them.
    this.entity.addChild(entity);
    const { script } = entity;
    if (script?.has(NetworkEntity) === false) script.create(NetworkEntity);
    if (own) this.seat(entity);
    else if (script?.has(InterpolatedTransform) === false) script.create(InterpolatedTransform);
    return entity;
  }

  /** Where the own avatar's template has no steering of its own, it gets some. */
  private seat(entity: SceneEntity): void {
    const { script } = entity;
    const interpolated = script?.get<InterpolatedTransform>(InterpolatedTransform);
    if (interpolated) interpolated.enabled = false;
    if (script?.has(PredictedPlayer) === false) script.create(PredictedPlayer);
    const player = script?.get<PredictedPlayer>(PredictedPlayer);
    if (player && this.input !== undefined) player.input = this.input;
  }
}
