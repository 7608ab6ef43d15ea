import type { PlayWorld } from '@terrane/client/alone';
import type { NetworkEntity } from './networkEntity.js';

/** Who shows what in a world: a change is told to those whom it concerns, however many there are. */
export class EntityBoard {
  private readonly byId = new Map<bigint, Set<NetworkEntity>>();

  constructor(world: PlayWorld) {
    world.onChange((entity, fields) => {
      for (const shown of this.byId.get(entity.id) ?? []) shown.fire('change', fields);
    });
    world.onLeave((entity, reason) => {
      for (const shown of [...(this.byId.get(entity.id) ?? [])]) shown.unbind(reason);
    });
  }

  add(shown: NetworkEntity, id: bigint): void {
    const all = this.byId.get(id);
    if (all === undefined) this.byId.set(id, new Set([shown]));
    else all.add(shown);
  }

  remove(shown: NetworkEntity, id: bigint): void {
    const all = this.byId.get(id);
    all?.delete(shown);
    if (all?.size === 0) this.byId.delete(id);
  }
}

const boards = new WeakMap<PlayWorld, EntityBoard>();

export function boardOf(world: PlayWorld): EntityBoard {
  let board = boards.get(world);
  if (board === undefined) boards.set(world, (board = new EntityBoard(world)));
  return board;
}
