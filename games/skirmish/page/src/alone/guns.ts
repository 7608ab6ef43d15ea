import type { Kind, Vitals } from '../net/link.js';
import { BOLT_SECONDS, BOLT_SIZE, BOLT_SPEED, COOLDOWN_SECONDS, distanceToWay, ENERGY_COST } from '../net/ownShots.js';
import { KINDS } from '../net/link.js';
import { BODY } from '../net/skirmishWire.js';
import type { Actor, AloneWorld } from './actor.js';

const DAMAGE = 9;
const DRONE_RELOAD_SECONDS = 0.55;
/** A server would have a limit, too: what is more is not fired. */
const BOLT_COUNT_MAX = 512;

/** Farther from where a bolt ends its tick nothing can have met it. */
const REACH_METRES = 40;

interface Bolt {
  readonly id: bigint;
  readonly by: Actor;
  readonly velocityX: number;
  readonly velocityY: number;
  secondsLeft: number;
}

/** Bolts of the world without a server: who fires, whom it meets, what that does. */
export class Guns {
  private readonly bolts: Bolt[] = [];

  /** @param killed what becomes of who has no hull left */
  constructor(private readonly killed: (victim: Actor, by: Actor) => void) {}

  /** @param own the own ship pays in energy, and is told of its shot */
  fire(world: AloneWorld, by: Actor, tick: number, seconds: number, own: boolean): void {
    if (by.reload > 0 || this.bolts.length >= BOLT_COUNT_MAX) return;
    const { entity } = by;
    const energy = world.predicted?.['skirmish.pilot']?.energy ?? 0;
    if (own && energy < ENERGY_COST) return;
    const cooldown = by.kind === 'ship' ? COOLDOWN_SECONDS : DRONE_RELOAD_SECONDS;
    by.reload = Math.max(1, Math.round(cooldown / seconds));
    const yaw = entity.components['kit.heading']?.yaw ?? 0;
    const [aheadX, aheadY] = [Math.cos(yaw), Math.sin(yaw)];
    const [x, y] = [entity.worldX + aheadX * (by.size + BOLT_SIZE), entity.worldY + aheadY * (by.size + BOLT_SIZE)];
    const variant = entity.components[BODY]?.variant ?? 0;
    const bolt = world.spawn({ x, y, heading: yaw }, { [BODY]: { kind: KINDS.indexOf('bolt'), variant, size: BOLT_SIZE } });
    const velocity = (entity.components as Partial<Record<'kit.velocity', { x: number; y: number }>>)['kit.velocity'];
    this.bolts.push({
      id: bolt.id,
      by,
      secondsLeft: BOLT_SECONDS,
      velocityX: (velocity?.x ?? 0) + aheadX * BOLT_SPEED,
      velocityY: (velocity?.y ?? 0) + aheadY * BOLT_SPEED,
    });
    const [atX, atY] = local(world, entity.worldX, entity.worldY, entity.region);
    const shot = { shooter: entity.id, x: atX, y: atY, toX: atX + aheadX, toY: atY + aheadY, weapon: 0 };
    world.tell('skirmish.shot', shot, entity.region);
    if (!own) return;
    world.tell('skirmish.fired', { bolt: bolt.id, tick });
    const pilot = world.predicted?.['skirmish.pilot'];
    if (pilot) world.update(entity.id, { 'skirmish.pilot': { ...pilot, energy: energy - ENERGY_COST } });
  }

  /** One tick of all bolts. */
  fly(world: AloneWorld, targets: readonly Actor[], seconds: number): void {
    for (let i = this.bolts.length - 1; i >= 0; i--) {
      const bolt = this.bolts[i];
      const entity = world.population.get(bolt.id);
      if (!entity) continue;
      const [wasX, wasY] = [entity.worldX, entity.worldY];
      const to = { x: wasX + bolt.velocityX * seconds, y: wasY + bolt.velocityY * seconds };
      bolt.secondsLeft -= seconds;
      const met = targets.find((each) => meets(each, bolt.by, wasX, wasY, to));
      if (met) this.hit(world, met, bolt.by, to);
      if (!met && bolt.secondsLeft > 0) world.move(bolt.id, to);
      else {
        world.remove(bolt.id);
        this.bolts.splice(i, 1);
      }
    }
  }

  private hit(world: AloneWorld, target: Actor, by: Actor, at: { x: number; y: number }): void {
    const { entity } = target;
    const vitals = entity.components['skirmish.vitals'];
    const layer = !vitals ? 2 : vitals.shield > 0 ? 0 : vitals.armor > 0 ? 1 : 2;
    const [x, y] = local(world, at.x, at.y, entity.region);
    world.tell('skirmish.hit', { target: entity.id, by: by.entity.id, amount: DAMAGE, layer, x, y }, entity.region);
    if (!vitals) return;
    const after = harmed(vitals, layer);
    world.update(entity.id, { 'skirmish.vitals': after });
    if (after.hull > 0) return;
    const [victimName, byName, kind] = [target.name, by.name, KINDS.indexOf(target.kind)];
    world.tell('skirmish.destroyed', { victim: entity.id, by: by.entity.id, victimName, byName, x, y, kind }, entity.region);
    this.killed(target, by);
  }
}

function harmed({ shield, armor, hull }: Readonly<Vitals>, layer: number): Vitals {
  if (layer === 0) return { shield: Math.max(0, shield - DAMAGE), armor, hull };
  if (layer === 1) return { shield, armor: Math.max(0, armor - DAMAGE), hull };
  return { shield, armor, hull: Math.max(0, hull - DAMAGE) };
}

const SOFT: readonly Kind[] = ['bolt', 'wreck'];

function meets(target: Actor, by: Actor, fromX: number, fromY: number, to: { x: number; y: number }): boolean {
  if (target === by || target.deadFor > 0 || SOFT.includes(target.kind)) return false;
  if (by.kind === 'drone' && target.kind === 'drone') return false;
  const { worldX: x, worldY: y } = target.entity;
  if (Math.abs(x - to.x) > REACH_METRES || Math.abs(y - to.y) > REACH_METRES) return false;
  return distanceToWay({ x, y }, fromX, fromY, to) < target.size + BOLT_SIZE;
}

function local({ partition }: AloneWorld, x: number, y: number, region: { a: number; b: number }): [number, number] {
  return [x - (partition?.originX(region) ?? 0), y - (partition?.originY(region) ?? 0)];
}
