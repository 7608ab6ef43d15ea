import type { Input } from '@terrane/client';
import type { LocalWorldOptions } from '@terrane/client/alone';
import { FIRE } from '../input/pilot.js';
import { type Kind, VITALS_MAX } from '../net/link.js';
import type { Skirmish } from '../net/skirmishGame.js';
import { wrapAngle } from '../space/coordinates.js';
import { randoms } from '../space/noise.js';
import { type Actor, actorOf, type AloneWorld, type Birth, componentsOf, nearest } from './actor.js';
import { Guns } from './guns.js';

/** As the server cuts its sector, only smaller. */
export const PARTITION = 'hex;columns=4;rows=4;radius=256.0';
export const VIEW_METRES = 200;
/** Whoever is farther from the own ship than this sleeps. */
const AWAKE_METRES = 260;
const HOME = { x: 2.5 * 256 * Math.sqrt(3) - 190, y: 360 };
const NAMES = ['Ilya', 'Marrow', 'Quill', 'Sable', 'Wren', 'Oberon', 'Kestrel', 'Vex'];
const DRONES = 110;
const ROCKS = 150;
const STRESS_DRONES = 500;
const SALVAGE_METRES = 8;
const DEAD_SECONDS = 5;
const PREY_METRES = 85;
const SHIELD_PER_SECOND = 3;

type Fighter = 'ship' | 'drone';

/** A sector of Skirmish for one: the own ship flies by the server's rule, and so do bots and drones; who they are and what they want is made up here. */
export class Sector {
  private readonly random = randoms(4);
  private readonly own: Birth;
  private readonly ships: Actor[] = [];
  private readonly drones: Actor[] = [];
  private readonly rocks: Actor[] = [];
  private readonly wrecks: Actor[] = [];
  private readonly guns = new Guns((victim, by) => this.killed(victim, by));
  private world: AloneWorld | undefined;
  private seconds = 0.05;

  /** @param found so many pieces of salvage were flown through */
  constructor(
    name: string,
    private readonly found: (pieces: number) => void,
  ) {
    this.own = { kind: 'ship', variant: 0, size: 3, name, ...HOME, yaw: 0 };
  }

  /** How its world begins. */
  get start(): Omit<LocalWorldOptions<Skirmish>, 'rule'> {
    const components = { ...componentsOf(this.own), 'skirmish.magazine': { rounds: 0 } };
    return {
      partition: PARTITION,
      viewMetres: VIEW_METRES,
      avatar: { place: HOME, components },
      begin: (world) => this.begin(world),
      tick: (_, tick, seconds, input) => this.tick(tick, seconds, input),
    };
  }

  load(rounds: number): void {
    const { world } = this;
    const aboard = world?.self?.components['skirmish.magazine']?.rounds ?? 0;
    if (world?.self) world.update(world.self.avatar, { 'skirmish.magazine': { rounds: aboard + rounds } });
  }

  /** A battle around the own ship. */
  stress(count = STRESS_DRONES): number {
    const { worldX: x, worldY: y } = this.me.entity;
    for (let i = 0; i < count; i++) this.put('drone', i % 2, 2, '', x + this.spread(90), y + this.spread(90));
    return count;
  }

  private get me(): Actor {
    return this.ships[0];
  }

  private begin(world: AloneWorld): void {
    this.world = world;
    for (const self of world.population.values()) this.ships.push(actorOf(self, this.own, 0));
    const strew = (kind: Kind, variant: number, size: number, name: string, reach: number): void =>
      void this.put(kind, variant, size, name, HOME.x + this.spread(reach), HOME.y + this.spread(reach));
    NAMES.forEach((name, i) => strew('ship', i + 1, 3, name, i < 3 ? 45 : 300));
    for (let i = 0; i < DRONES; i++) strew('drone', i % 2, 2, '', i < 9 ? 60 : 650);
    for (let i = 0; i < ROCKS; i++) strew('asteroid', i % 4, 3 + this.random() ** 2.5 * 15, '', i < 22 ? 130 : 800);
    this.put('wreck', 0, 2.4, '', HOME.x - 26, HOME.y - 16);
  }

  private tick(tick: number, seconds: number, input: Input): void {
    const { world, me } = this;
    if (!world) return;
    this.seconds = seconds;
    const buttons = (input.held ?? 0) | (input.pressed ?? 0);
    this.age(me);
    if ((buttons & FIRE) !== 0 && me.deadFor === 0) this.guns.fire(world, me, tick, seconds, true);
    for (const actor of [...this.ships, ...this.drones]) if (actor !== me && this.isAwake(actor)) this.act(world, actor, tick);
    this.guns.fly(
      world,
      [...this.ships, ...this.drones, ...this.rocks].filter((each) => this.isAwake(each)),
      seconds,
    );
    for (const wreck of this.wrecks) this.salvage(world, wreck);
  }

  private act(world: AloneWorld, actor: Actor, tick: number): void {
    this.age(actor);
    if (actor.deadFor > 0) return;
    const { moveX, moveY, fires } = this.think(actor);
    world.drive(actor.entity.id, { moveX, moveY, aim: actor.aim });
    if (fires) this.guns.fire(world, actor, tick, this.seconds, false);
  }

  /** What happens to everybody in a tick: guns cool, shields heal, the dead come back. */
  private age(actor: Actor): void {
    const { world, seconds } = this;
    if (actor.reload > 0) actor.reload--;
    const { id, components } = actor.entity;
    const vitals = components['skirmish.vitals'];
    const { shield } = VITALS_MAX.ship;
    if (actor.deadFor === 0) {
      if (actor.kind !== 'ship' || !vitals || vitals.shield >= shield) return;
      world?.update(id, {
        'skirmish.vitals': { ...vitals, shield: Math.min(shield, vitals.shield + SHIELD_PER_SECOND * seconds) },
      });
      return;
    }
    actor.deadFor--;
    this.count(actor);
    if (actor.deadFor > 0) return;
    const { worldX, worldY } = actor.entity;
    world?.move(id, { x: worldX + this.spread(120), y: worldY + this.spread(120) });
    world?.update(id, { 'skirmish.vitals': { ...VITALS_MAX[actor.kind as Fighter] }, 'kit.velocity': { x: 0, y: 0 } });
  }

  private think(a: Actor): { moveX: number; moveY: number; fires: boolean } {
    const { worldX: x, worldY: y, components } = a.entity;
    const prey = nearest(a, a.kind === 'drone' ? this.ships : this.drones, PREY_METRES);
    if (Math.hypot(a.goalX - x, a.goalY - y) < 12 || this.random() < 0.01) {
      a.goalX = x + this.spread(120);
      a.goalY = y + this.spread(120);
    }
    a.phase += 0.012;
    const goalX = prey ? prey.entity.worldX + Math.cos(a.phase) * 26 : a.goalX;
    const goalY = prey ? prey.entity.worldY + Math.sin(a.phase) * 26 : a.goalY;
    const metres = Math.hypot(goalX - x, goalY - y) || 1;
    a.aim = prey ? Math.atan2(prey.entity.worldY - y, prey.entity.worldX - x) : Math.atan2(goalY - y, goalX - x);
    const off = Math.abs(wrapAngle(a.aim - (components['kit.heading']?.yaw ?? 0)));
    return {
      moveX: (goalX - x) / metres,
      moveY: (goalY - y) / metres,
      fires: prey !== undefined && off < 0.16 && this.random() < 0.5,
    };
  }

  private killed(victim: Actor, by: Actor): void {
    const { world } = this;
    const { id, worldX: x, worldY: y, components } = victim.entity;
    const pilot = by.entity.components['skirmish.pilot'] as Skirmish['self']['skirmish.pilot'] | undefined;
    if (pilot) world?.update(by.entity.id, { 'skirmish.pilot': { ...pilot, score: pilot.score + 100, kills: pilot.kills + 1 } });
    this.put('wreck', components['skirmish.craft']?.variant ?? 0, victim.size, '', x, y);
    if (victim.kind === 'ship') {
      victim.deadFor = Math.round(DEAD_SECONDS / this.seconds);
      this.count(victim);
      return;
    }
    world?.remove(id);
    this.drones.splice(this.drones.indexOf(victim), 1);
    if (this.drones.length < DRONES) this.put('drone', this.drones.length % 2, 2, '', x + this.spread(400), y + this.spread(400));
  }

  /** The own pilot is told how long he has to wait. */
  private count(actor: Actor): void {
    const pilot = this.world?.predicted?.['skirmish.pilot'];
    if (actor !== this.me || !pilot) return;
    this.world?.update(actor.entity.id, { 'skirmish.pilot': { ...pilot, respawnIn: actor.deadFor * this.seconds } });
  }

  private salvage(world: AloneWorld, wreck: Actor): void {
    const { worldX, worldY, id } = wreck.entity;
    const { me } = this;
    if (me.deadFor > 0 || Math.hypot(me.entity.worldX - worldX, me.entity.worldY - worldY) > SALVAGE_METRES) return;
    this.found(wreck.size > 2.2 ? 5 : 2);
    world.remove(id);
    this.wrecks.splice(this.wrecks.indexOf(wreck), 1);
  }

  private isAwake({ entity, size }: Actor): boolean {
    const { me } = this;
    return Math.hypot(entity.worldX - me.entity.worldX, entity.worldY - me.entity.worldY) < AWAKE_METRES + size;
  }

  private put(kind: Kind, variant: number, size: number, name: string, x: number, y: number): void {
    if (!this.world) return;
    const birth: Birth = { kind, variant, size, name, x, y, yaw: this.spread(3) };
    const actor = actorOf(this.world.spawn({ x, y, heading: birth.yaw }, componentsOf(birth)), birth, this.random() * 6);
    if (kind === 'wreck' && this.wrecks.length >= ROCKS) this.world.remove(this.wrecks.shift()?.entity.id ?? 0n);
    if (kind !== 'bolt') ({ ship: this.ships, drone: this.drones, asteroid: this.rocks, wreck: this.wrecks })[kind].push(actor);
  }

  private spread(reach: number): number {
    return (this.random() * 2 - 1) * reach;
  }
}
