import type { Entity, Fields } from '@terrane/client';
import { KINDS, type Craft, type Kind, type WorldEvent } from './link.js';

/** Whatever has this component can be drawn here. */
export const BODY = 'skirmish.craft';

/** A number of a component, 0 where there is none. */
export function fieldNumber(fields: Fields | undefined, name: string): number {
  const value = fields?.[name];
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : 0;
}

function fieldText(fields: Fields | undefined, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
}

/** An entity id as text: it has 64 bits, a number only 53. */
function fieldId(fields: Fields, name: string): string {
  return String(fields[name] ?? 0);
}

function kindOf(value: number): Kind {
  return KINDS[value] ?? 'wreck';
}

/** Reads an entity as one of Skirmish's; undefined for what this page does not know how to draw. */
export function craftOf(entity: Entity): Craft | undefined {
  const body = entity.components[BODY];
  if (!body) return undefined;
  const craft: Craft = {
    id: String(entity.id),
    kind: kindOf(fieldNumber(body, 'kind')),
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
export function refreshCraft(craft: Craft, entity: Entity): void {
  const body = entity.components[BODY];
  const vitals = entity.components['skirmish.vitals'];
  const pilot = entity.components['skirmish.pilot'];
  craft.kind = kindOf(fieldNumber(body, 'kind'));
  craft.variant = Math.abs(fieldNumber(body, 'variant'));
  craft.size = fieldNumber(body, 'size') || 1;
  craft.name = fieldText(entity.components['kit.nameplate'], 'name');
  // Only its own wing hears of it.
  if (entity.components['skirmish.wing']?.cloaked === true) craft.name += ' · cloaked';
  craft.score = fieldNumber(pilot, 'score');
  craft.kills = fieldNumber(pilot, 'kills');
  if (!vitals) craft.vitals = undefined;
  else {
    craft.vitals ??= { shield: 0, armor: 0, hull: 0 };
    craft.vitals.shield = fieldNumber(vitals, 'shield');
    craft.vitals.armor = fieldNumber(vitals, 'armor');
    craft.vitals.hull = fieldNumber(vitals, 'hull');
  }
}

/** An event of the game in world coordinates; the wire has them from the origin of the region it happened in. */
export function eventOf(name: string, f: Fields, originX: number, originY: number): WorldEvent | undefined {
  const x = fieldNumber(f, 'x') + originX;
  const y = fieldNumber(f, 'y') + originY;
  switch (name) {
    case 'skirmish.shot':
      return {
        type: 'shot',
        shooter: fieldId(f, 'shooter'),
        x,
        y,
        toX: fieldNumber(f, 'toX') + originX,
        toY: fieldNumber(f, 'toY') + originY,
        weapon: fieldNumber(f, 'weapon'),
      };
    case 'skirmish.hit':
      return {
        type: 'hit',
        target: fieldId(f, 'target'),
        by: fieldId(f, 'by'),
        amount: fieldNumber(f, 'amount'),
        layer: fieldNumber(f, 'layer'),
        x,
        y,
      };
    case 'skirmish.destroyed':
      return {
        type: 'destroyed',
        victim: fieldId(f, 'victim'),
        by: fieldId(f, 'by'),
        victimName: fieldText(f, 'victimName') || 'A raider',
        byName: fieldText(f, 'byName') || 'A raider',
        x,
        y,
        kind: kindOf(fieldNumber(f, 'kind')),
      };
    default:
      return undefined;
  }
}
