import type { Input } from '@terrane/client';
import { FIRE } from '../input/pilot.js';
import type { Craft } from './link.js';
import type { SkirmishWorld } from './side.js';

// The server's Weapon and Firing say the same of PULSE and LANCE.
export const BOLT_SPEED = 160;
export const BOLT_SECONDS = 1.2;
export const BOLT_SIZE = 0.4;
export const COOLDOWN_SECONDS = 0.2;
export const ENERGY_COST = 7;
/** The server tells of a shot within a round trip; one of which it has not told after so much more was none. */
const UNCONFIRMED_SECONDS_MAX = 0.5;

/** The own ship after a tick, as predicted, in world coordinates. */
export interface Gunner {
  x: number;
  y: number;
  yaw: number;
  velocityX: number;
  velocityY: number;
  size: number;
  variant: number;
  hull: number;
  energy: number;
}

/** The own ship as it is predicted to be after the last input; undefined while it is not. */
export function gunnerOf(
  { self, predicted, partition }: Pick<SkirmishWorld, 'self' | 'predicted' | 'partition'>,
  me: Craft,
): Gunner | undefined {
  const at = predicted?.['kit.position'];
  const velocity = predicted?.['kit.velocity'];
  if (!self || !partition || !at || !velocity) return undefined;
  return {
    x: partition.originX(self.region) + at.x,
    y: partition.originY(self.region) + at.y,
    yaw: predicted['kit.heading']?.yaw ?? 0,
    velocityX: velocity.x,
    velocityY: velocity.y,
    size: me.size,
    variant: me.variant,
    hull: self.components['skirmish.vitals']?.hull ?? 0,
    energy: predicted['skirmish.pilot']?.energy ?? 0,
  };
}

interface Shot {
  readonly tick: number;
  readonly craft: Craft;
  readonly fromX: number;
  readonly fromY: number;
  readonly velocityX: number;
  readonly velocityY: number;
  confirmed: boolean;
}

/** Something that a bolt may meet, where it is drawn. */
export type Obstacle = Pick<Craft, 'id' | 'kind' | 'x' | 'y' | 'size'>;

/**
 * The own bolts, drawn from the moment in which the button is pressed: the server's come a round trip later, and are not drawn. They fly where the server's fly, in the own ship's
 * time, and end at what they meet on the screen; what that does, the server tells.
 */
export class OwnShots {
  private readonly shots: Shot[] = [];
  /** Of the server, not to be drawn. */
  private readonly hidden = new Map<string, number>();
  private readyTick = 0;

  /** @param seconds of a tick */
  constructor(
    private readonly seconds: number,
    private readonly crafts: Map<string, Craft>,
  ) {}

  /**
   * One more tick of the own ship. Tells the shot that leaves, if one does.
   *
   * @param unpaidTicks how many ticks the ship's energy is older than this one: shots since then are not in it
   */
  step(tick: number, input: Input, gunner: Gunner, unpaidTicks: number): Craft | undefined {
    const buttons = (input.held ?? 0) | (input.pressed ?? 0);
    const unpaid = this.shots.filter((shot) => shot.tick > tick - unpaidTicks).length;
    if ((buttons & FIRE) === 0 || gunner.hull <= 0 || tick < this.readyTick || gunner.energy - unpaid * ENERGY_COST < ENERGY_COST)
      return;
    this.readyTick = tick + Math.max(1, Math.round(COOLDOWN_SECONDS / this.seconds));
    const [aheadX, aheadY] = [Math.cos(gunner.yaw), Math.sin(gunner.yaw)];
    const muzzle = gunner.size + BOLT_SIZE;
    const [fromX, fromY] = [gunner.x + aheadX * muzzle, gunner.y + aheadY * muzzle];
    const craft: Craft = {
      id: `own-shot-${tick}`,
      kind: 'bolt',
      variant: gunner.variant,
      size: BOLT_SIZE,
      name: '',
      vitals: undefined,
      score: 0,
      kills: 0,
      x: fromX,
      y: fromY,
      z: 0,
      yaw: gunner.yaw,
      region: 0,
      layer: 0,
    };
    const [velocityX, velocityY] = [gunner.velocityX + aheadX * BOLT_SPEED, gunner.velocityY + aheadY * BOLT_SPEED];
    this.shots.push({ tick, craft, fromX, fromY, velocityX, velocityY, confirmed: false });
    return craft;
  }

  /** The server says that this bolt left in that tick. Whether it is one that is drawn already. */
  confirm(bolt: string, tick: number): boolean {
    const shot = this.shots.find((each) => (each.tick | 0) === tick);
    if (shot === undefined) return false;
    shot.confirmed = true;
    this.hidden.set(bolt, tick);
    this.crafts.delete(bolt);
    return true;
  }

  isHidden(bolt: string): boolean {
    return this.hidden.has(bolt);
  }

  /** It is over for the server, too. */
  forget(bolt: string): void {
    this.hidden.delete(bolt);
  }

  /**
   * Draws them as of that moment of the own ship.
   *
   * @param tick with its fraction
   */
  draw(tick: number, roundTripSeconds: number): void {
    for (let i = this.shots.length - 1; i >= 0; i--) {
      const shot = this.shots[i];
      if (!shot) continue;
      const seconds = (tick - shot.tick) * this.seconds;
      if (seconds < 0) continue; // the ship has not come to where it fires
      const { craft } = shot;
      const [wasX, wasY] = [craft.x, craft.y];
      craft.x = shot.fromX + shot.velocityX * seconds;
      craft.y = shot.fromY + shot.velocityY * seconds;
      const denied = !shot.confirmed && seconds > roundTripSeconds + UNCONFIRMED_SECONDS_MAX;
      if (seconds > BOLT_SECONDS || denied || this.meets(wasX, wasY, craft)) this.end(i);
      else this.crafts.set(craft.id, craft);
    }
  }

  clear(): void {
    while (this.shots.length > 0) this.end(0);
    this.hidden.clear();
    this.readyTick = 0;
  }

  private end(i: number): void {
    const [shot] = this.shots.splice(i, 1);
    if (shot) this.crafts.delete(shot.craft.id);
  }

  /** Whether it came upon somebody since the last frame. */
  private meets(wasX: number, wasY: number, bolt: Craft): boolean {
    for (const other of this.crafts.values()) {
      if (other.kind !== 'drone' && other.kind !== 'asteroid' && other.kind !== 'ship') continue;
      if (other.kind !== 'asteroid' && (other.vitals?.hull ?? 0) <= 0) continue;
      if (other.id !== this.own && distanceToWay(other, wasX, wasY, bolt) < other.size + BOLT_SIZE) return true;
    }
    return false;
  }

  /** The own ship: its bolts do not meet it. */
  own: string | undefined;
}

/** How near a straight way leads to a place. */
export function distanceToWay(
  { x, y }: Pick<Obstacle, 'x' | 'y'>,
  fromX: number,
  fromY: number,
  to: { x: number; y: number },
): number {
  const [wayX, wayY] = [to.x - fromX, to.y - fromY];
  const length = wayX * wayX + wayY * wayY;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * wayX + (y - fromY) * wayY) / length));
  return Math.hypot(x - fromX - wayX * part, y - fromY - wayY * part);
}
