import type { Entity, LeaveReason } from '../api.js';
import type { LocalEntity } from './localEntity.js';

/** Who is in view stays a little longer: nobody flickers at the rim. */
const VIEW_HYSTERESIS = 1.05;

interface News {
  readonly entered: readonly Entity[];
  readonly changed: readonly { readonly entity: Entity; readonly fields: readonly string[] }[];
  readonly left: readonly { readonly entity: Entity; readonly reason: LeaveReason }[];
}

/** All there is in a world without a server, and which of it the player sees. */
export class Population {
  readonly all = new Map<bigint, LocalEntity>();
  readonly inView = new Map<bigint, LocalEntity>();
  private removed: LocalEntity[] = [];
  private nextId: bigint;

  constructor(
    private readonly own: LocalEntity,
    private readonly viewMetres: number,
    private readonly countMax: number,
  ) {
    this.all.set(own.id, own);
    own.remember(0, 0, 0);
    this.nextId = own.id + 1n;
  }

  add(make: (id: bigint) => LocalEntity, tick: number, tickMs: number): LocalEntity {
    if (this.all.size >= this.countMax) throw new RangeError(`the world holds ${this.countMax} entities, and that is its limit (entityCountMax)`);
    const entity = make(this.nextId++);
    entity.remember(tick, tick * tickMs, tickMs);
    this.all.set(entity.id, entity);
    return entity;
  }

  find(id: bigint): LocalEntity {
    const entity = this.all.get(id);
    if (entity === undefined) throw new RangeError(`there is no entity ${id} in this world`);
    return entity;
  }

  remove(id: bigint): boolean {
    const entity = this.all.get(id);
    if (entity === undefined) return false;
    this.all.delete(id);
    if (this.inView.delete(id)) this.removed.push(entity);
    return true;
  }

  remember(tick: number, tickMs: number): void {
    for (const entity of this.all.values()) entity.remember(tick, tick * tickMs, tickMs);
  }

  /** What has become different for the player since the last time. */
  news(): News {
    const entered: Entity[] = [];
    const changed: { entity: Entity; fields: readonly string[] }[] = [];
    const left: { entity: Entity; reason: LeaveReason }[] = this.removed.map((entity) => ({ entity, reason: 'despawned' }));
    this.removed = [];
    const { worldX, worldY } = this.own;
    for (const entity of this.all.values()) {
      const known = this.inView.has(entity.id);
      const reach = known ? this.viewMetres * VIEW_HYSTERESIS : this.viewMetres;
      const seen = entity === this.own || Math.hypot(entity.worldX - worldX, entity.worldY - worldY) <= reach;
      if (seen && known && entity.changed.size > 0) changed.push({ entity, fields: [...entity.changed] });
      entity.changed.clear();
      if (seen === known) continue;
      if (seen) {
        this.inView.set(entity.id, entity);
        entered.push(entity);
      } else {
        this.inView.delete(entity.id);
        left.push({ entity, reason: 'left-view' });
      }
    }
    return { entered, changed, left };
  }
}
