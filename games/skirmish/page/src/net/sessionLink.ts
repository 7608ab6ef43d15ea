import type { Entity, EntityWith, EventOf, Input, RegionId, Sample } from '@terrane/client';
import { EntitySpawner, FloatingOrigin, InterpolatedTransform, TerraneSession } from '@terrane/playcanvas';
import * as pc from 'playcanvas';
import {
  type Craft,
  type LinkListener,
  KINDS,
  type NetStats,
  newOwn,
  newStats,
  type Own,
  type PilotInput,
  type WorldInfo,
  type WorldLink,
} from './link.js';
import type { Market } from './market.js';
import { gunnerOf, OwnShots } from './ownShots.js';
import type { Side, SkirmishWorld } from './side.js';
import type { Skirmish } from './skirmishGame.js';
import { BODY, craftOf, eventOf, refreshCraft } from './skirmishWire.js';

const STATS_MILLIS = 250;
/** See Unsaid of the server. */
const TOO_FAST = 1;

/** A craft on the screen and the entity that it shows. */
interface Shown {
  readonly entity: Entity<Skirmish>;
  readonly craft: Craft;
  /** Where the scripts have put it in this frame; undefined: it is the own one, which the session knows. */
  readonly at: Sample | undefined;
  /** As of which the craft's region is right. */
  region: RegionId | undefined;
}

/** The way to a world, with a server or without one: Terrane's scripts put what is in view into the scene, and what they show is read as Skirmish's crafts. */
export class SessionLink implements WorldLink {
  readonly crafts = new Map<string, Craft>();
  readonly own: Own = newOwn();
  readonly stats: NetStats = newStats();
  world: WorldInfo | undefined;

  private readonly session: TerraneSession;
  private readonly side: Side;
  private shots: OwnShots | undefined;
  private listener: LinkListener | undefined;
  private read: () => PilotInput = () => ({ moveX: 0, moveY: 0, aim: 0, held: 0, pressed: 0 });
  private readonly shown = new Map<bigint, Shown>();
  private readonly regionIndex = new Map<string, number>();
  private statsDueMillis = 0;

  constructor(app: pc.AppBase, newSide: (listener: Pick<LinkListener, 'onHexOwner' | 'onSalvage'>) => Side) {
    this.side = newSide({
      onHexOwner: (region, hex, before) => this.listener?.onHexOwner(region, hex, before),
      onSalvage: (pieces) => this.listener?.onSalvage(pieces),
    });
    const make = (_: string, own: boolean): pc.Entity => batched(app, own);
    const input = { readInput: (): Input => this.read() };
    this.session = put(app, 'session', TerraneSession, { autoStart: false });
    put(app, 'origin', FloatingOrigin, { stepMetres: 0 });
    const spawner = put(app, 'crafts', EntitySpawner, { component: BODY, make, kindOf, input });
    spawner.on('spawn', (scene: pc.Entity, entity: Entity<Skirmish>) => this.enter(scene, entity));
    spawner.on('despawn', (_: pc.Entity, entity: Entity<Skirmish>) => this.leave(entity.id));
    app.on('terrane:state', () => this.tellState());
  }

  get market(): Market {
    return this.side.market;
  }

  join(name: string, listener: LinkListener): void {
    this.session.stop();
    this.listener = listener;
    this.shown.clear();
    this.crafts.clear();
    this.shots = undefined;
    this.own.region = -1;
    listener.onState({ phase: 'connecting' });
    this.side.prepare(this.session, name);
    this.session.start();
    const { playing } = this;
    if (!playing) return;
    this.side.begun(playing, listener);
    playing.onChange((entity) => {
      const craft = this.shown.get(entity.id)?.craft;
      if (craft && hasBody(entity)) refreshCraft(craft, entity);
    });
    // A world that was left may still say its last words.
    const current = (): boolean => this.playing === playing;
    playing.on('self', () => current() && this.readSelf(playing));
    playing.on('steered', (tick, input) => current() && this.shoot(playing, tick, input));
    playing.onEvent('skirmish.*', (event) => current() && this.tell(playing, event));
    playing.onEvent(
      'chat.said',
      ({ payload }) => current() && listener.onSaid(payload.name, payload.text, payload.speaker === playing.self?.avatar),
    );
    playing.onEvent(
      'chat.unsaid',
      ({ payload }) => current() && listener.onUnsaid(payload.why === TOO_FAST ? 'too fast' : 'no line'),
    );
  }

  steer(read: () => PilotInput): void {
    this.read = read;
  }

  drawNet(canvas: HTMLCanvasElement): boolean {
    return this.side.drawNet(canvas);
  }

  stress(): void {
    this.side.stress();
  }

  say(text: string): void {
    this.side.say(text);
  }

  update(nowMillis: number): void {
    const { playing } = this;
    if (!playing) return;
    for (const shown of this.shown.values()) {
      const { craft } = shown;
      const at = shown.at ?? this.session.own;
      if (!at) continue;
      craft.x = at.x;
      craft.y = at.y;
      craft.z = at.z;
      craft.yaw = at.heading;
      this.noteOwner(shown);
    }
    this.placeSelf(playing);
    this.shots?.draw(playing.selfTick, (this.stats.rttMillis || 0) / 1000);
    if (nowMillis < this.statsDueMillis) return;
    this.statsDueMillis = nowMillis + STATS_MILLIS;
    this.side.readStats(this.stats);
  }

  private get playing(): SkirmishWorld | undefined {
    return this.session.world as SkirmishWorld | undefined;
  }

  private tellState(): void {
    const { playing } = this;
    if (!playing) return;
    if (playing.state === 'open') {
      this.readWorld(playing);
      if (this.world) this.side.opened(this.world);
    }
    this.listener?.onState(this.side.stateOf(playing));
  }

  private readWorld({ partition }: SkirmishWorld): void {
    const facts = this.side.facts();
    if (!partition || !facts || this.world) return;
    const regions = partition.regions();
    regions.forEach((region, i) => this.regionIndex.set(`${region.a},${region.b}`, i));
    this.world = {
      ...facts,
      outlines: regions.map((region) => partition.outline(region)),
      names: regions.map((region) => `${region.a},${region.b}`),
      stations: regions.map((region) => ({ x: partition.originX(region), y: partition.originY(region) })),
    };
  }

  private enter(scene: pc.Entity, entity: Entity<Skirmish>): void {
    if (!hasBody(entity)) return;
    const craft = craftOf(entity);
    const at = scene.script?.get<InterpolatedTransform>(InterpolatedTransform)?.moment;
    const shown: Shown = { entity, craft, at, region: undefined };
    this.noteOwner(shown);
    this.shown.set(entity.id, shown);
    if (!this.shots?.isHidden(craft.id)) this.crafts.set(craft.id, craft);
  }

  private leave(id: bigint): void {
    this.shown.delete(id);
    this.shots?.forget(String(id));
    this.crafts.delete(String(id));
  }

  /** Who simulates it; looked up only when that has changed. */
  private noteOwner(shown: Shown): void {
    const { entity, craft } = shown;
    craft.layer = entity.layer;
    if (shown.region === entity.region) return;
    shown.region = entity.region;
    craft.region = this.regionIndex.get(`${entity.region.a},${entity.region.b}`) ?? 0;
  }

  private readSelf({ self }: SkirmishWorld): void {
    if (!self) return;
    const { own } = this;
    const pilot = self.components['skirmish.pilot'];
    own.id = String(self.avatar);
    own.energy = pilot?.energy ?? 0;
    own.respawnIn = pilot?.respawnIn ?? 0;
    own.rounds = self.components['skirmish.magazine']?.rounds ?? 0;
    const region = this.regionIndex.get(`${self.region.a},${self.region.b}`) ?? -1;
    if (region !== own.region) this.side.visit(region);
    own.region = region;
  }

  /** Ahead of the server; or, before anything is predicted, as it says. */
  private placeSelf({ self, predicted }: SkirmishWorld): void {
    if (!self) return;
    const { own } = this;
    const at = this.session.own;
    own.x = at?.x ?? self.worldX;
    own.y = at?.y ?? self.worldY;
    own.yaw = at?.heading ?? self.components['kit.heading']?.yaw ?? 0;
    const velocity = (predicted ?? self.components)['kit.velocity'];
    own.velocityX = velocity?.x ?? 0;
    own.velocityY = velocity?.y ?? 0;
  }

  private tell({ partition }: SkirmishWorld, event: EventOf<Skirmish, 'skirmish.*'>): void {
    if (!partition) return;
    if (event.topic === 'skirmish.fired') {
      this.shots?.confirm(String(event.payload.bolt), event.payload.tick);
      return;
    }
    // The own shots were heard when the button was pressed.
    if (event.topic === 'skirmish.shot' && this.shots !== undefined && String(event.payload.shooter) === this.own.id) return;
    const { region } = event;
    this.listener?.onEvent(eventOf(event, partition.originX(region), partition.originY(region)));
  }

  /** The own gun fires when it is told to, not when the server says that it did. */
  private shoot(world: SkirmishWorld, tick: number, input: Input): void {
    const me = this.own.id === undefined ? undefined : this.crafts.get(this.own.id);
    const gunner = me && gunnerOf(world, me);
    const { tickSeconds } = this.side;
    if (!me || !gunner || !world.self || tickSeconds === undefined) return;
    this.shots ??= new OwnShots(tickSeconds, this.crafts);
    this.shots.own = me.id;
    const bolt = this.shots.step(tick, input, gunner, tick - world.self.tick);
    if (!bolt) return;
    const { x, y } = bolt;
    const [toX, toY] = [x + Math.cos(bolt.yaw), y + Math.sin(bolt.yaw)];
    this.listener?.onEvent({ type: 'shot', shooter: me.id, x, y, toX, toY, weapon: 0 });
  }
}

/** Models are drawn in batches, where these entities know them to be; they have none of their own. */
function batched(app: pc.AppBase, own: boolean): pc.Entity {
  const entity = new pc.Entity('craft', app);
  entity.addComponent('script');
  if (!own) entity.script?.create(InterpolatedTransform, { properties: { places: false } });
  return entity;
}

/** An entity below the root that has this script. */
function put<S extends pc.Script>(app: pc.AppBase, name: string, script: new (args: never) => S, properties: object): S {
  const entity = new pc.Entity(name, app);
  entity.addComponent('script');
  app.root.addChild(entity);
  const made = entity.script?.create(script as never, { properties });
  if (!made) throw new Error(`there is no script component for ${name}`);
  return made as unknown as S;
}

function kindOf(entity: Entity): string {
  return KINDS[Number(entity.components[BODY]?.kind)] ?? 'wreck';
}

function hasBody(entity: Entity<Skirmish>): entity is EntityWith<Skirmish, typeof BODY> {
  return entity.components[BODY] !== undefined;
}
