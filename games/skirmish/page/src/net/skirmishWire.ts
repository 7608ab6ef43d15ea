import type { EntityWith, EventOf } from '@terrane/client';
import { KINDS, type Craft, type Kind, type WorldEvent } from './link.js';
import type { Skirmish } from './skirmishGame.js';

/** Whatever has this component can be drawn here. */
export const BODY = 'skirmish.craft';

type Body = EntityWith<Skirmish, typeof BODY>;

function kindOf(value: number): Kind {
  return KINDS[value] ?? 'wreck';
}

/** Reads an entity as one of Skirmish's. */
export function craftOf(entity: Body): Craft {
  const craft: Craft = {
    id: String(entity.id),
    kind: 'wreck',
    variant: 0,
    size: 1,
    name: '',
    vitals: undefined,
    score: 0,
    kills: 0,
    x: entity.worldX,
    y: entity.worldY,
    z: entity.worldZ,
    yaw: 0,
    region: 0,
    layer: 0,
  };
  refreshCraft(craft, entity);
  return craft;
}

/** Takes over everything but the place. */
export function refreshCraft(craft: Craft, { components }: Body): void {
  const body = components[BODY];
  const vitals = components['skirmish.vitals'];
  const pilot = components['skirmish.pilot'];
  craft.kind = kindOf(body.kind);
  craft.variant = Math.abs(body.variant);
  craft.size = body.size || 1;
  craft.name = components['kit.nameplate']?.name ?? '';
  // Only its own wing hears of it.
  if (components['skirmish.wing']?.cloaked) craft.name += ' · cloaked';
  craft.score = pilot?.score ?? 0;
  craft.kills = pilot?.kills ?? 0;
  if (!vitals) craft.vitals = undefined;
  else {
    craft.vitals ??= { shield: 0, armor: 0, hull: 0 };
    craft.vitals.shield = vitals.shield;
    craft.vitals.armor = vitals.armor;
    craft.vitals.hull = vitals.hull;
  }
}

/** An event of the game in world coordinates; the wire has them from the origin of the region it happened in. */
export function eventOf(
  event: Exclude<EventOf<Skirmish, 'skirmish.*'>, { topic: 'skirmish.fired' }>,
  originX: number,
  originY: number,
): WorldEvent {
  const x = event.payload.x + originX;
  const y = event.payload.y + originY;
  switch (event.topic) {
    case 'skirmish.shot': {
      const { shooter, toX, toY, weapon } = event.payload;
      return { type: 'shot', shooter: String(shooter), x, y, toX: toX + originX, toY: toY + originY, weapon };
    }
    case 'skirmish.hit': {
      const { target, by, amount, layer } = event.payload;
      return { type: 'hit', target: String(target), by: String(by), amount, layer, x, y };
    }
    case 'skirmish.destroyed': {
      const { victim, by, victimName, byName, kind } = event.payload;
      return {
        type: 'destroyed',
        victim: String(victim),
        by: String(by),
        victimName: victimName || 'A raider',
        byName: byName || 'A raider',
        x,
        y,
        kind: kindOf(kind),
      };
    }
    case 'skirmish.judged': {
      const { target, seenX, seenY, radius } = event.payload;
      return { type: 'judged', target: String(target), seenX: seenX + originX, seenY: seenY + originY, x, y, radius };
    }
  }
}
