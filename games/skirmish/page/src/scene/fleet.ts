import type * as pc from 'playcanvas';
import type { Craft } from '../net/link.js';
import type { Origin } from '@terrane/playcanvas';
import { approach, wrapAngle } from '../space/coordinates.js';
import { hash3 } from '../space/noise.js';
import { dash } from '../fx/dash.js';
import { GLOW, SPARK, type Sprites } from '../fx/sprites.js';
import { Trail, type Trails } from '../fx/trails.js';
import { Batch } from './batch.js';
import type { Materials } from './materials.js';
import { rock } from './mesh/rocks.js';
import { dart, interceptor, lancer, mandible } from './mesh/ships.js';
import { wreck } from './mesh/wreck.js';
import { EMBER, paintOf, WHITE, type Rgb } from './palette.js';
import type { Sight } from './sight.js';

/** Below this share of hull a ship burns. */
const BURNING = 0.75;
const ARRIVAL_SECONDS = 0.15;
/** A craft below so many drawn pixels is drawn as a dart. */
const DART_PIXELS = 6;
/** Rocks by their drawn size: how often the ball they are made of is divided, finest first. */
const ROCKS = [
  { pixels: 90, subdivisions: 4 },
  { pixels: 26, subdivisions: 3 },
  { pixels: 0, subdivisions: 2 },
] as const;
const ROCK_SEEDS = [1, 2, 3, 4] as const;
/** A ribbon is longer than its craft: so far out of view it may still be seen. */
const TRAIL_METRES = 45;
/** Glow, jets and what else stands out from a body. */
const AROUND_METRES = 3;

/** What the screen remembers of a craft from frame to frame. */
export class CraftView {
  readonly trail = new Trail();
  readonly seed: number;
  lastX: number;
  lastY: number;
  lastYaw: number;
  speed = 0;
  bank = 0;
  thrust = 0;
  /** 1 when just struck, soon 0. */
  flash = 0;
  spin = 0;
  /** Seconds since it was first seen alive. */
  seen = 0;
  alive = false;
  /** Drawn with all its triangles, not as a dart. */
  fine = false;
  /** Seconds until a ship that came to life is shown. */
  dead = 0;

  constructor(readonly craft: Craft) {
    this.seed = hash3(Number.parseInt(craft.id.slice(-7), 10) || 1, craft.variant, 7);
    this.lastX = craft.x;
    this.lastY = craft.y;
    this.lastYaw = craft.yaw;
  }
}

/** Draws every craft in view: a handful of draw calls, however many there are. */
export class Fleet {
  /** Ships that came to life in this frame. */
  readonly arrived: CraftView[] = [];
  private readonly views = new Map<string, CraftView>();
  private readonly ships: Batch;
  private readonly drones: readonly Batch[];
  /** From far away all crafts look alike. */
  private readonly darts: Batch;
  /** By fineness, then by seed. */
  private readonly rocks: readonly (readonly Batch[])[];
  private readonly wrecks: Batch;
  private readonly batches: readonly Batch[];
  private seconds = 0;
  private fineCount = 0;

  /** So many craft are drawn with all their triangles; the others are darts. Who has them keeps them while in view. */
  fineMax = Number.POSITIVE_INFINITY;

  constructor(
    app: pc.AppBase,
    materials: Materials,
    private readonly sprites: Sprites,
    private readonly trails: Trails,
    private readonly sight: Sight,
  ) {
    this.ships = new Batch(app, interceptor(), materials.hull, 256);
    this.drones = [new Batch(app, mandible(), materials.hull, 512), new Batch(app, lancer(), materials.hull, 512)];
    this.darts = new Batch(app, dart(), materials.hull, 1024);
    this.rocks = ROCKS.map((fineness) =>
      ROCK_SEEDS.map((seed) => new Batch(app, rock(seed, fineness.subdivisions), materials.rock, 256)),
    );
    this.wrecks = new Batch(app, wreck(), materials.hull, 256);
    this.batches = [this.ships, ...this.drones, this.darts, ...this.rocks.flat(), this.wrecks];
  }

  update(crafts: ReadonlyMap<string, Craft>, origin: Origin, seconds: number, time: number): void {
    this.seconds = seconds;
    for (const batch of this.batches) batch.begin();
    this.trails.begin();
    this.arrived.length = 0;
    let fine = 0;
    for (const craft of crafts.values()) {
      let view = this.views.get(craft.id);
      // The same id may be another craft: one that left and came back, or one of the start screen.
      if (view?.craft !== craft) this.views.set(craft.id, (view = new CraftView(craft)));
      this.move(view, seconds);
      this.live(view);
      if (view.alive) this.draw(view, origin, time);
      if (view.fine) fine++;
    }
    this.fineCount = fine;
    for (const id of this.views.keys()) if (!crafts.has(id)) this.views.delete(id);
    for (const batch of this.batches) batch.end();
    this.trails.end();
  }

  /** The craft with this id was hit: it lights up for a moment. */
  struck(id: string): void {
    const view = this.views.get(id);
    if (view) view.flash = 1;
  }

  /** A ship without hull is gone until the server gives it a new one; the entity stays. */
  private live(view: CraftView): void {
    const { craft } = view;
    const alive = craft.kind !== 'ship' || !craft.vitals || craft.vitals.hull > 0;
    // Positions are shown a little late, so a new ship waits for its own: it must not slide there from where the old one died.
    view.dead = alive ? Math.max(0, view.dead - this.seconds) : ARRIVAL_SECONDS;
    if (alive && view.dead > 0) return;
    if (alive && !view.alive) {
      if (craft.kind === 'ship' && craft.vitals) this.arrived.push(view);
      view.seen = 0;
      view.trail.count = 0;
    }
    view.alive = alive;
  }

  private move(view: CraftView, seconds: number): void {
    const { craft } = view;
    const dx = craft.x - view.lastX;
    const dy = craft.y - view.lastY;
    const turn = wrapAngle(craft.yaw - view.lastYaw);
    view.lastX = craft.x;
    view.lastY = craft.y;
    view.lastYaw = craft.yaw;
    view.seen += seconds;
    view.flash = Math.max(0, view.flash - seconds * 7);
    view.spin += seconds;
    if (seconds <= 0) return;
    const speed = Math.min(Math.hypot(dx, dy) / seconds, 200);
    const soon = approach(7, seconds);
    view.thrust += (Math.min(Math.max((speed - view.speed) * 0.5, 0) + speed / 42, 1) - view.thrust) * soon;
    view.speed += (speed - view.speed) * soon;
    const lean = Math.min(Math.max((-turn / seconds) * 0.24, -0.8), 0.8);
    view.bank += (lean - view.bank) * approach(5, seconds);
  }

  private draw(view: CraftView, origin: Origin, time: number): void {
    const { craft } = view;
    const x = origin.sceneX(craft.x);
    const z = origin.sceneZ(craft.y);
    const paint = paintOf(craft.kind, craft.variant);
    const seen = this.sight.sees(x, craft.z, z, craft.size * 1.5 + AROUND_METRES);
    const pilot = craft.kind === 'ship' || craft.kind === 'drone';
    if (pilot) this.ribbon(view, origin, paint, seen || this.sight.sees(x, craft.z, z, TRAIL_METRES));
    if (!seen) {
      view.fine = false;
      return;
    }
    const pixels = this.sight.pixelRadius(x, craft.z, z, craft.size);
    switch (craft.kind) {
      case 'ship':
        this.body(this.ships, view, origin, paint, pixels);
        this.engines(view, origin, paint, 0.3, time);
        break;
      case 'drone':
        this.body(this.drones[craft.variant % this.drones.length], view, origin, paint, pixels);
        this.engines(view, origin, paint, 0, time);
        break;
      case 'asteroid':
        this.tumble(this.rockOf(craft.variant, pixels), view, origin, craft.size * 1.12, 0.07, 0);
        break;
      case 'wreck':
        this.tumble(this.wrecks, view, origin, craft.size * 1.2, 0.5, 1);
        this.sprites.add(x, craft.z, z, craft.size * 1.5, EMBER, 0.16 + 0.06 * Math.sin(time * 5 + view.seed * 20), GLOW);
        break;
      case 'bolt':
        dash(this.sprites, origin, craft.x, craft.y, Math.cos(craft.yaw), Math.sin(craft.yaw), 1.9, paint);
        break;
    }
  }

  private body(whole: Batch, view: CraftView, origin: Origin, paint: Rgb, pixels: number): void {
    const was = view.fine;
    view.fine = pixels >= DART_PIXELS && (was || this.fineCount < this.fineMax);
    if (view.fine && !was) this.fineCount++;
    this.place(view.fine ? whole : this.darts, view, origin, paint, view.craft.size * 1.25);
  }

  private rockOf(variant: number, pixels: number): Batch {
    let fineness = 0;
    while (pixels < ROCKS[fineness].pixels) fineness++;
    return this.rocks[fineness][variant % ROCK_SEEDS.length];
  }

  private place(batch: Batch, view: CraftView, origin: Origin, paint: Rgb, scale: number): void {
    const { craft } = view;
    const i = batch.add();
    if (i < 0) return;
    const [sy, cy] = [Math.sin(craft.yaw / 2), Math.cos(craft.yaw / 2)];
    const [sr, cr] = [Math.sin(view.bank / 2), Math.cos(view.bank / 2)];
    const growing = Math.min(1, 0.3 + view.seen * 3);
    const v = batch.values;
    v[i] = origin.sceneX(craft.x);
    v[i + 1] = craft.z;
    v[i + 2] = origin.sceneZ(craft.y);
    v[i + 3] = scale * growing;
    v[i + 4] = cy * sr;
    v[i + 5] = sy * cr;
    v[i + 6] = -sy * sr;
    v[i + 7] = cy * cr;
    v[i + 8] = paint[0];
    v[i + 9] = paint[1];
    v[i + 10] = paint[2];
    v[i + 11] = view.flash * 0.14;
    v[i + 12] = 0.25 + view.thrust * 0.75;
    v[i + 13] = view.seed;
    v[i + 14] = damageOf(craft);
    v[i + 15] = 1;
  }

  private tumble(batch: Batch, view: CraftView, origin: Origin, scale: number, rate: number, damage: number): void {
    const { craft } = view;
    const i = batch.add();
    if (i < 0) return;
    const s = view.seed * 6.283;
    const half = (view.spin * rate * (0.4 + view.seed) + s) / 2;
    const [ax, ay, az] = [Math.sin(s * 3), Math.cos(s * 5), Math.sin(s * 7)];
    const length = Math.hypot(ax, ay, az) || 1;
    const k = Math.sin(half) / length;
    const v = batch.values;
    v.set([origin.sceneX(craft.x), craft.z, origin.sceneZ(craft.y), scale, ax * k, ay * k, az * k, Math.cos(half)], i);
    v.set([0.5, 0.5, 0.55, view.flash * 0.14, 0, view.seed, damage, 1], i + 8);
  }

  /** The jets behind a craft. */
  private engines(view: CraftView, origin: Origin, paint: Rgb, apart: number, time: number): void {
    const { craft } = view;
    const { size } = craft;
    const [dx, dy] = [Math.cos(craft.yaw), Math.sin(craft.yaw)];
    const flicker = 0.85 + 0.15 * Math.sin(time * 47 + view.seed * 90);
    const burn = (0.25 + 0.75 * view.thrust) * flicker;
    const back = tailMetres(craft);
    for (let side = apart > 0 ? -1 : 0; side <= (apart > 0 ? 1 : 0); side += 2) {
      const x = origin.sceneX(craft.x - dx * back - dy * apart * size * side * 1.25);
      const z = origin.sceneZ(craft.y - dy * back + dx * apart * size * side * 1.25);
      const reach = size * (0.15 + 0.75 * view.thrust) * flicker;
      this.sprites.add(x, craft.z, z, size * 0.5, paint, burn * 0.75, GLOW, 0, -dx * reach, 0, dy * reach);
      if (view.fine)
        this.sprites.add(x, craft.z, z, size * 0.17, WHITE, burn * 1.5, SPARK, 0, -dx * reach * 0.5, 0, dy * reach * 0.5);
    }
  }

  /** What the engines leave behind. It grows out of view, too, and is there when the view comes. */
  private ribbon(view: CraftView, origin: Origin, paint: Rgb, seen: boolean): void {
    const { craft } = view;
    const back = tailMetres(craft);
    const x = craft.x - Math.cos(craft.yaw) * back;
    const y = craft.y - Math.sin(craft.yaw) * back;
    view.trail.follow(x, y, Math.min(1, view.thrust * 1.1), this.seconds);
    if (seen) this.trails.add(view.trail, origin, craft.size * (craft.kind === 'ship' ? 0.5 : 0.3), paint);
  }
}

function tailMetres(craft: Craft): number {
  return craft.size * (craft.kind === 'ship' ? 1.28 : 0.95);
}

function damageOf(craft: Craft): number {
  if (!craft.vitals) return 0;
  const full = craft.kind === 'drone' ? 40 : 120;
  return Math.min(Math.max((BURNING - craft.vitals.hull / full) / BURNING, 0), 1);
}
