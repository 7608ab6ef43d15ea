/**
 * The `?demo` world: the page without any server, for designers and for tuning the look. Same crafts, same events, made up in the browser.
 * Loaded only when asked for; nothing of it decides anything about the real game.
 */
import {
  type Craft,
  type LinkListener,
  type NetStats,
  newOwn,
  newStats,
  type Own,
  type PilotInput,
  VITALS_MAX,
  type WorldInfo,
  type WorldLink,
} from '../net/link.js';
import { mixAngle, wrapAngle } from '../space/coordinates.js';
import { randoms } from '../space/noise.js';
import { FIRE, BOOST, BRAKE } from '../input/pilot.js';
import { actorOf, nearestFoe, type Actor } from './fakeActor.js';
import { FakeMarket } from './fakeMarket.js';
import { hexAt, hexCentres, hexNames, hexOutlines } from './fakeSector.js';

const VIEW_METRES = 200;
const RADIUS = 256;
const NAMES = ['Ilya', 'Marrow', 'Quill', 'Sable', 'Wren', 'Oberon', 'Kestrel', 'Vex'];
const SELF = '1';
const SALVAGE_METRES = 8;
const STRESS_DRONES = 500;
const WARM_UP_TICKS = 130;
const STEP_SECONDS_MAX = 0.025;

export class FakeWorld implements WorldLink {
  readonly crafts = new Map<string, Craft>();
  readonly own: Own = { ...newOwn(), energy: 100 };
  readonly stats: NetStats = {
    ...newStats(),
    rttMillis: 38,
    tick: 4000,
    bytesPerSecond: 9400,
    snapshotsPerSecond: 20,
    cell: 'skirmish/1,1#0',
  };
  world: WorldInfo | undefined;
  readonly market = new FakeMarket(16, this.own, {
    onHexOwner: (region, hex, before) => this.listener?.onHexOwner(region, hex, before),
    onSalvage: (pieces) => this.listener?.onSalvage(pieces),
  });

  private readonly outlines = hexOutlines(4, 4, RADIUS);
  private readonly random = randoms(4);
  private readonly actors = new Map<string, Actor>();
  private listener: LinkListener | undefined;
  private input: PilotInput = { moveX: 0, moveY: 0, aim: 0, held: 0, pressed: 0 };
  private read = (): PilotInput => this.input;
  private lastMillis = 0;
  private nextId = 100;

  join(name: string, listener: LinkListener): void {
    listener.onState({ phase: 'connecting' });
    const stations = hexCentres(this.outlines);
    this.world = { name: 'demo', outlines: this.outlines, names: hexNames(4, 4), stations, interestRadius: VIEW_METRES };
    const [homeX, homeY] = [stations[5].x + 30, stations[5].y - 20];
    this.put(SELF, 'ship', 0, 2.6, name, homeX, homeY);
    const strew = (id: string, kind: Craft['kind'], variant: number, size: number, name: string, reach: number): void => {
      this.put(id, kind, variant, size, name, homeX + this.spread(reach), homeY + this.spread(reach));
    };
    NAMES.forEach((bot, i) => strew(String(i + 2), 'ship', i + 1, 2.6, bot, i < 3 ? 45 : 300));
    for (let i = 0; i < 110; i++) strew(this.mint(), 'drone', i % 2, i % 2 ? 1.9 : 2.1, '', i < 9 ? 60 : 650);
    for (let i = 0; i < 150; i++) strew(this.mint(), 'asteroid', i % 4, 3 + this.random() ** 2.5 * 15, '', i < 22 ? 130 : 800);
    this.put(this.mint(), 'wreck', 0, 2.4, '', homeX - 26, homeY - 16);
    this.own.id = SELF;
    this.warmUp();
    this.listener = listener;
    setTimeout(() => listener.onState({ phase: 'playing' }), 300);
  }

  steer(read: () => PilotInput): void {
    this.read = read;
  }

  update(nowMillis: number): void {
    const seconds = Math.min((nowMillis - this.lastMillis) / 1000, 0.1);
    this.lastMillis = nowMillis;
    this.input = this.read();
    this.stats.tick += seconds * 20;
    // In small steps, so that a bolt cannot jump over a ship when the display is slow.
    const steps = Math.max(1, Math.ceil(seconds / STEP_SECONDS_MAX));
    for (let i = 0; i < steps; i++) {
      for (const actor of Array.from(this.actors.values())) this.step(actor, seconds / steps);
    }
    this.show();
    const me = this.actors.get(SELF);
    if (!me) return;
    const { x, y, yaw, region } = me.craft;
    Object.assign(this.own, { x, y, yaw, region, velocityX: me.vx, velocityY: me.vy, respawnIn: me.deadFor });
    const energy = this.own.energy + seconds * (this.input.held & BOOST ? -14 : 16);
    this.own.energy = Math.min(100, Math.max(0, energy));
  }

  drawNet(): void {}

  stress(): void {
    const { x, y } = this.own;
    for (let i = 0; i < STRESS_DRONES; i++)
      this.put(this.mint(), 'drone', i % 2, 2, '', x + this.spread(90), y + this.spread(90));
    this.listener?.onBattle(STRESS_DRONES);
  }

  /** Lets the fight begin before anybody looks: the first picture is in the middle of it. */
  private warmUp(): void {
    for (let tick = 0; tick < WARM_UP_TICKS; tick++) {
      for (const actor of Array.from(this.actors.values())) if (actor.craft.id !== SELF) this.step(actor, 0.05);
    }
    for (const { craft } of this.actors.values()) {
      if (craft.id === SELF) craft.vitals = { ...VITALS_MAX.ship };
      else if (craft.kind === 'drone' && this.random() < 0.6)
        craft.vitals = { shield: 0, armor: this.random() * 8, hull: 4 + this.random() * 20 };
    }
  }

  private step(a: Actor, seconds: number): void {
    const { craft } = a;
    a.reload -= seconds;
    if (a.deadFor > 0) return this.wait(a, seconds);
    if (craft.kind === 'bolt') return this.flyBolt(a, seconds);
    if (craft.kind === 'wreck') return this.salvage(a);
    if (craft.kind === 'asteroid') return;
    let [moveX, moveY, fire] = [0, 0, false];
    let boost = 1;
    if (craft.id === SELF) {
      ({ moveX, moveY } = this.input);
      a.aim = this.input.aim;
      fire = (this.input.held & FIRE) !== 0;
      boost = this.input.held & BOOST ? 1.9 : this.input.held & BRAKE ? 0.2 : 1;
    } else ({ moveX, moveY, fire } = this.think(a));
    const push = (craft.kind === 'ship' ? 46 : 34) * boost;
    const drag = Math.exp(-1.15 * seconds);
    a.vx = (a.vx + moveX * push * seconds) * drag;
    a.vy = (a.vy + moveY * push * seconds) * drag;
    craft.x += a.vx * seconds;
    craft.y += a.vy * seconds;
    craft.yaw = mixAngle(craft.yaw, a.aim, 1 - Math.exp(-7 * seconds));
    if (craft.vitals && craft.kind === 'ship')
      craft.vitals.shield = Math.min(VITALS_MAX.ship.shield, craft.vitals.shield + 3 * seconds);
    if (fire && a.reload <= 0) this.shoot(a);
  }

  private think(a: Actor): { moveX: number; moveY: number; fire: boolean } {
    const prey = nearestFoe(a, this.actors.values(), 85);
    if (Math.hypot(a.goalX - a.craft.x, a.goalY - a.craft.y) < 12 || this.random() < 0.004) {
      a.goalX = a.craft.x + this.spread(120);
      a.goalY = a.craft.y + this.spread(120);
    }
    const goal = prey
      ? { x: prey.craft.x + Math.cos(a.life) * 26, y: prey.craft.y + Math.sin(a.life) * 26 }
      : { x: a.goalX, y: a.goalY };
    const dx = goal.x - a.craft.x;
    const dy = goal.y - a.craft.y;
    const d = Math.hypot(dx, dy) || 1;
    const look = prey ? Math.atan2(prey.craft.y - a.craft.y, prey.craft.x - a.craft.x) : Math.atan2(a.vy, a.vx);
    a.aim = look;
    a.life += 0.004;
    const fire = prey !== undefined && Math.abs(wrapAngle(look - a.craft.yaw)) < 0.16 && this.random() < 0.5;
    return { moveX: dx / d, moveY: dy / d, fire };
  }

  private shoot(a: Actor): void {
    a.reload = a.craft.kind === 'ship' ? 0.16 : 0.55;
    const { craft } = a;
    const yaw = craft.yaw + this.spread(0.05);
    const bolt = this.put(
      this.mint(),
      'bolt',
      craft.variant,
      0.4,
      '',
      craft.x + Math.cos(yaw) * 3.4,
      craft.y + Math.sin(yaw) * 3.4,
    );
    bolt.craft.yaw = yaw;
    bolt.vx = Math.cos(yaw) * 95 + a.vx;
    bolt.vy = Math.sin(yaw) * 95 + a.vy;
    bolt.life = 1.1;
    bolt.by = craft.id;
    this.listener?.onEvent({
      type: 'shot',
      shooter: craft.id,
      x: craft.x,
      y: craft.y,
      toX: craft.x + Math.cos(yaw) * 100,
      toY: craft.y + Math.sin(yaw) * 100,
      weapon: 0,
    });
  }

  private flyBolt(a: Actor, seconds: number): void {
    a.life -= seconds;
    a.craft.x += a.vx * seconds;
    a.craft.y += a.vy * seconds;
    if (a.life <= 0) return this.remove(a);
    const owner = this.actors.get(a.by)?.craft;
    for (const other of this.actors.values()) {
      const c = other.craft;
      if (c.id === a.by || c.kind === 'bolt' || c.kind === 'wreck' || other.deadFor > 0) continue;
      if (owner?.kind === 'drone' && c.kind === 'drone') continue;
      if (Math.hypot(c.x - a.craft.x, c.y - a.craft.y) > c.size) continue;
      if (c.vitals) this.harm(other, a.by, a.craft.x, a.craft.y);
      else this.listener?.onEvent({ type: 'hit', target: c.id, by: a.by, amount: 8, layer: 2, x: a.craft.x, y: a.craft.y });
      return this.remove(a);
    }
  }

  private harm(target: Actor, by: string, x: number, y: number): void {
    const v = target.craft.vitals;
    if (!v) return;
    const amount = 9;
    const layer = v.shield > 0 ? 0 : v.armor > 0 ? 1 : 2;
    if (layer === 0) v.shield = Math.max(0, v.shield - amount);
    else if (layer === 1) v.armor = Math.max(0, v.armor - amount);
    else v.hull -= amount;
    this.listener?.onEvent({ type: 'hit', target: target.craft.id, by, amount, layer, x, y });
    if (v.hull > 0) return;
    const c = target.craft;
    const killer = this.actors.get(by)?.craft;
    if (killer) killer.score += 100;
    if (killer) killer.kills += 1;
    this.listener?.onEvent({
      type: 'destroyed',
      victim: c.id,
      by,
      victimName: c.name || 'Raider',
      byName: killer?.name || 'Raider',
      x: c.x,
      y: c.y,
      kind: c.kind,
    });
    const remains = this.put(this.mint(), 'wreck', c.variant, c.size, '', c.x, c.y);
    remains.craft.yaw = c.yaw;
    target.deadFor = 5;
    this.crafts.delete(c.id);
  }

  private salvage(a: Actor): void {
    const me = this.actors.get(SELF);
    if (!me || me.deadFor > 0 || Math.hypot(me.craft.x - a.craft.x, me.craft.y - a.craft.y) > SALVAGE_METRES) return;
    this.market.find(a.craft.size > 2.2 ? 5 : 2);
    this.remove(a);
  }

  private wait(a: Actor, seconds: number): void {
    a.deadFor -= seconds;
    if (a.deadFor > 0) return;
    a.deadFor = 0;
    a.craft.x += this.spread(120);
    a.craft.y += this.spread(120);
    if (a.craft.kind === 'ship' || a.craft.kind === 'drone') a.craft.vitals = { ...VITALS_MAX[a.craft.kind] };
  }

  private show(): void {
    const me = this.actors.get(SELF);
    if (!me) return;
    for (const { craft, deadFor } of this.actors.values()) {
      const near = Math.hypot(craft.x - me.craft.x, craft.y - me.craft.y) < VIEW_METRES;
      craft.region = hexAt(this.outlines, craft.x, craft.y);
      if (near && deadFor <= 0) this.crafts.set(craft.id, craft);
      else this.crafts.delete(craft.id);
    }
    this.stats.entities = this.crafts.size;
  }

  private put(id: string, kind: Craft['kind'], variant: number, size: number, name: string, x: number, y: number): Actor {
    const actor = actorOf({ id, kind, variant, size, name, x, y, yaw: this.spread(3) }, this.random(), this.random() * 6);
    this.actors.set(id, actor);
    return actor;
  }

  private remove(a: Actor): void {
    this.actors.delete(a.craft.id);
    this.crafts.delete(a.craft.id);
  }

  private mint(): string {
    return String(this.nextId++);
  }

  private spread(reach: number): number {
    return (this.random() * 2 - 1) * reach;
  }
}
