import type { Entity, LeaveReason } from './api.js';
import { Emitter } from './emitter.js';

/** What is told of entities. */
export interface EntityEvents {
  enter: (entity: Entity) => void;
  change: (entity: Entity, fields: readonly string[]) => void;
  leave: (entity: Entity, reason: LeaveReason) => void;
}

/** Who wants to hear of entities: of all, or of those that have a component. */
export class EntityWatch {
  private readonly all = new Emitter<EntityEvents>();
  private readonly byComponent = new Map<string, ComponentWatch>();

  constructor(private readonly entities: ReadonlyMap<bigint, Entity>) {}

  /** Of all entities, or of those with the component named first. */
  on<K extends keyof EntityEvents>(name: K, first: string | EntityEvents[K], second: EntityEvents[K] | undefined): () => void {
    if (typeof first !== 'string') return this.all.on(name, first);
    if (second === undefined) throw new TypeError(`who is to be told of entities with ${first}? Give a handler`);
    let watch = this.byComponent.get(first);
    if (watch === undefined) this.byComponent.set(first, (watch = new ComponentWatch(first, this.entities.values())));
    return watch.emitter.on(name, second);
  }

  entered(entity: Entity): void {
    this.all.emit('enter', entity);
    for (const watch of this.byComponent.values()) watch.compare(entity, []);
  }

  changed(entity: Entity, fields: readonly string[]): void {
    this.all.emit('change', entity, fields);
    for (const watch of this.byComponent.values()) watch.compare(entity, fields);
  }

  left(entity: Entity, reason: LeaveReason): void {
    this.all.emit('leave', entity, reason);
    for (const watch of this.byComponent.values()) watch.left(entity, reason);
  }
}

/** Entities with a component come when they have it in view, and go when they lose it or leave. */
class ComponentWatch {
  readonly emitter = new Emitter<EntityEvents>();
  private readonly members = new Set<bigint>();
  private readonly prefix: string;

  constructor(
    private readonly component: string,
    inView: Iterable<Entity>,
  ) {
    this.prefix = `${component}.`;
    for (const entity of inView) if (this.has(entity)) this.members.add(entity.id);
  }

  compare(entity: Entity, changed: readonly string[]): void {
    const has = this.has(entity);
    if (has !== this.members.has(entity.id)) {
      if (!has) return this.left(entity, 'lost-component');
      this.members.add(entity.id);
      return this.emitter.emit('enter', entity);
    }
    if (!has) return;
    const fields = changed.filter((field) => field.startsWith(this.prefix));
    if (fields.length > 0) this.emitter.emit('change', entity, fields);
  }

  left(entity: Entity, reason: LeaveReason): void {
    if (this.members.delete(entity.id)) this.emitter.emit('leave', entity, reason);
  }

  private has(entity: Entity): boolean {
    return entity.components[this.component] !== undefined;
  }
}
