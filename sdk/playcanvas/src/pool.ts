import type { Entity as SceneEntity } from 'playcanvas';

/** Entities of the scene that nobody needs now, by kind, up to a limit each: taking one back is cheaper than making one. */
export class Pool {
  private readonly idle = new Map<string, SceneEntity[]>();

  take(kind: string): SceneEntity | undefined {
    const entity = this.idle.get(kind)?.pop();
    if (entity !== undefined) entity.enabled = true;
    return entity;
  }

  /** @param max what is more of this kind is destroyed */
  give(kind: string, entity: SceneEntity, max: number): void {
    const idle = this.idle.get(kind) ?? [];
    this.idle.set(kind, idle);
    if (idle.length >= max) return entity.destroy();
    entity.enabled = false;
    idle.push(entity);
  }

  clear(): void {
    for (const entities of this.idle.values()) for (const entity of entities) entity.destroy();
    this.idle.clear();
  }
}
