import { type Origin, originOf } from '@terrane/playcanvas';
import type { Craft, Judged, WorldEvent, WorldInfo } from '../net/link.js';
import { Bursts } from '../fx/bursts.js';
import { Lamps } from '../fx/lamps.js';
import { Particles } from '../fx/particles.js';
import { Shields } from '../fx/shields.js';
import { Sprites } from '../fx/sprites.js';
import { Trails } from '../fx/trails.js';
import type { HexOwner } from '../net/market.js';
import { FINE, LEVELS, PLAIN, QualityGovernor } from '../game/quality.js';
import { CameraRig } from './cameraRig.js';
import { Fleet } from './fleet.js';
import { Ground } from './ground.js';
import { Materials } from './materials.js';
import { paintOf } from './palette.js';
import { Sky } from './sky.js';
import { Sight } from './sight.js';
import { Stage } from './stage.js';
import { Stations } from './stations.js';

/** Blasts farther than this do not shake the camera. */
const SHAKE_METRES = 90;

/** Where the camera's ship is and how it moves; world metres and metres per second. */
export interface Focus {
  x: number;
  y: number;
  velocityX: number;
  velocityY: number;
}

/** Everything that is drawn in three dimensions. */
export class View {
  readonly origin: Origin;
  readonly rig: CameraRig;
  private readonly materials = new Materials();
  private readonly sprites: Sprites;
  private readonly trails: Trails;
  private readonly particles = new Particles(1400);
  private readonly lamps: Lamps;
  private readonly bursts: Bursts;
  private readonly shields: Shields;
  private readonly sight = new Sight();
  private readonly fleet: Fleet;
  private readonly sky: Sky;
  private readonly ground: Ground;
  private readonly stations: Stations;
  private readonly governor: QualityGovernor;
  private time = 0;
  /** Whose a region is: its station wears the owner's colour. */
  ownerOf: (region: number) => HexOwner = () => 'nobody';

  constructor(
    readonly stage: Stage,
    calm: boolean,
    pinnedLevel: number | undefined,
  ) {
    const { app } = stage;
    this.origin = originOf(app);
    this.governor = new QualityGovernor(pinnedLevel ?? (stage.software ? PLAIN : FINE), pinnedLevel !== undefined);
    this.lamps = new Lamps(app.graphicsDevice);
    this.bursts = new Bursts(this.particles, this.lamps);
    this.sky = new Sky(app, stage.software);
    this.ground = new Ground(app);
    this.stations = new Stations(app, this.materials);
    this.sprites = new Sprites(app, 2600);
    this.trails = new Trails(app);
    this.fleet = new Fleet(app, this.materials, this.sprites, this.trails, this.sight);
    this.shields = new Shields(app, this.materials.shield);
    this.rig = new CameraRig(stage.camera, calm);
    this.applyQuality();
  }

  get quality(): string {
    return LEVELS[this.governor.level].name;
  }

  /** From 0 to 1: how much the machine can afford beside the picture itself. */
  get richness(): number {
    return this.governor.level / (LEVELS.length - 1);
  }

  setWorld(world: WorldInfo): void {
    this.ground.setWorld(world);
    this.stations.setPlaces(world.stations);
  }

  /** Draws the next frame. `frameMillis` is the true time since the last one, `seconds` the bounded one that things move by. */
  frame(crafts: ReadonlyMap<string, Craft>, focus: Focus, seconds: number, frameMillis: number): void {
    this.time += seconds;
    this.origin.moveTo(focus.x, focus.y);
    const device = this.stage.app.graphicsDevice;
    this.rig.update(seconds, focus.velocityX, -focus.velocityY, this.time, device.width / Math.max(1, device.height));
    this.ground.setVisible(!this.rig.posing);
    this.sky.update(focus.x, focus.y, this.time);
    this.ground.update(this.origin, focus.velocityX, focus.velocityY);
    this.stations.update(this.origin, this.time, !this.rig.posing, this.ownerOf);
    this.sight.take(this.stage.camera, this.stage.lens, device.height);
    this.sprites.begin();
    this.fleet.update(crafts, this.origin, seconds, this.time);
    for (const view of this.fleet.arrived)
      this.bursts.arrival(view.craft.x, view.craft.y, paintOf(view.craft.kind, view.craft.variant));
    this.particles.update(seconds, this.origin, this.sprites);
    this.sprites.end();
    this.shields.update(seconds, this.origin);
    this.lamps.update(seconds, this.origin);
    if (this.governor.frame(frameMillis)) this.applyQuality();
  }

  /** Shows what happened. Of a shot only the flash: its bolt is a craft. */
  play(event: Exclude<WorldEvent, Judged>, crafts: ReadonlyMap<string, Craft>): void {
    if (event.type === 'shot') {
      const shooter = crafts.get(event.shooter);
      const paint = paintOf(shooter?.kind ?? 'drone', shooter?.variant ?? 0);
      const yaw = Math.atan2(event.toY - event.y, event.toX - event.x);
      const reach = shooter?.size ?? 1.5;
      this.bursts.muzzle(event.x + Math.cos(yaw) * reach, event.y + Math.sin(yaw) * reach, yaw, paint);
    } else if (event.type === 'hit') {
      const by = crafts.get(event.by);
      const target = crafts.get(event.target);
      const yaw = by ? Math.atan2(event.y - by.y, event.x - by.x) : 0;
      this.bursts.hit(event.x, event.y, yaw, event.layer, event.amount);
      this.fleet.struck(event.target);
      if (target && event.layer === 0) this.shields.strike(target, event.x, event.y, event.amount);
    } else {
      const victim = crafts.get(event.victim);
      const size = victim?.size ?? (event.kind === 'ship' ? 2.6 : 2);
      this.bursts.explosion(event.x, event.y, size, paintOf(event.kind, victim?.variant ?? 0));
      const metres = Math.hypot(event.x - this.origin.x, event.y - this.origin.y);
      this.rig.kick(Math.max(0, 1 - metres / SHAKE_METRES) * 0.8);
    }
  }

  /** Writes CSS pixels of a spot over it; false when it is behind the camera. */
  toScreen(craft: Pick<Craft, 'x' | 'y' | 'z' | 'size'>, into: { x: number; y: number }): boolean {
    const point = this.stage.project(
      this.origin.sceneX(craft.x),
      craft.z + craft.size * 1.1,
      this.origin.sceneZ(craft.y) - craft.size * 1.2,
    );
    into.x = point.x;
    into.y = point.y;
    return point.z > 0;
  }

  /** The world point of the plane under a CSS pixel. */
  planeAt(x: number, y: number): { x: number; y: number } | undefined {
    const point = this.rig.planeAt(this.stage.lens, x, y);
    return point && { x: this.origin.worldX(point.x), y: this.origin.worldY(point.z) };
  }

  private applyQuality(): void {
    const quality = LEVELS[this.governor.level];
    this.stage.apply(quality);
    this.materials.setDetail(quality.detail);
    this.sky.setRichness(quality.density, quality.detail);
    this.ground.setDensity(quality.density);
    this.fleet.fineMax = quality.fineCraft;
    this.particles.density = quality.density;
    this.trails.setRichness(quality.density);
  }
}
