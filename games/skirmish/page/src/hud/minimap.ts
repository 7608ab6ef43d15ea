import type { Craft, Kind, WorldInfo } from '../net/link.js';
import type { Market } from '../net/market.js';
import { byId } from './dom.js';
import { Legend } from './legend.js';
import { paintHexes } from './mapHexes.js';
import { ownerColor, Owners } from './owners.js';
import { Projection } from './projection.js';

const UPDATE_MILLIS = 100;
/** Width of the stripes of a split region, in CSS pixels. */
const STRIPE = 4;

const BLIPS: Record<Kind, { color: string; size: number } | undefined> = {
  ship: { color: '#ffd76a', size: 5 },
  drone: { color: '#ff6259', size: 3 },
  asteroid: { color: 'rgb(170 185 208 / 60%)', size: 2.4 },
  wreck: { color: 'rgb(255 150 90 / 60%)', size: 2 },
  bolt: undefined,
};

/** The whole sector at a glance: regions in the colours of the cells that simulate them, whose hexes they are, stations, who is in view and whose they are, how far the view goes. */
export class Minimap {
  private readonly canvas = byId('minimap', HTMLCanvasElement);
  private readonly pen: CanvasRenderingContext2D;
  private readonly legend = new Legend();
  private readonly owners = new Owners();
  private readonly layers: number[] = [];
  /** The regions as last painted: they change seldom, what moves over them often. */
  private readonly ground = document.createElement('canvas');
  private painted = '';
  private nextMillis = 0;

  constructor(private readonly market: Market) {
    this.pen = penOf(this.canvas);
  }

  update(
    world: WorldInfo,
    crafts: ReadonlyMap<string, Craft>,
    selfId: string | undefined,
    x: number,
    y: number,
    yaw: number,
    nowMillis: number,
  ): void {
    if (nowMillis < this.nextMillis) return;
    this.nextMillis = nowMillis + UPDATE_MILLIS;
    this.owners.count(crafts);
    this.legend.update(this.owners.seen, world.names);
    const scale = Math.min(devicePixelRatio || 1, 3);
    const size = this.canvas.clientWidth;
    if (size === 0) return;
    if (this.canvas.width !== Math.round(size * scale)) this.canvas.width = this.canvas.height = Math.round(size * scale);
    const map = Projection.around(world.outlines, size);
    const home = selfId === undefined ? undefined : crafts.get(selfId)?.region;
    this.paintGround(world, map, scale, home);
    const { pen } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.ground, 0, 0);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.view(world, map, x, y);
    for (const craft of crafts.values()) if (craft.id !== selfId) this.blip(craft, map);
    this.self(map, x, y, yaw);
  }

  private paintGround(world: WorldInfo, map: Projection, scale: number, home: number | undefined): void {
    const wanted = `${this.canvas.width} ${home} ${this.market.ownersVersion} ${this.owners.seen.map((owner) => `${owner.region}#${owner.layer}`).join(' ')}`;
    if (wanted === this.painted) return;
    this.painted = wanted;
    this.ground.width = this.ground.height = this.canvas.width;
    const pen = penOf(this.ground);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    for (const [region, outline] of world.outlines.entries()) {
      this.owners.layersOf(region, this.layers);
      trace(pen, outline, map);
      pen.fillStyle = 'rgb(7 12 28 / 66%)';
      pen.fill();
      const seen = this.layers.length > 0;
      if (this.layers.length > 1) {
        this.stripe(pen, region, this.canvas.width / scale);
        trace(pen, outline, map);
      } else {
        pen.fillStyle = ownerColor(region, this.layers[0] ?? 0, seen ? 52 : 13);
        pen.fill();
      }
      pen.lineWidth = 1;
      pen.strokeStyle = ownerColor(region, 0, seen ? 95 : 38);
      pen.stroke();
    }
    paintHexes(pen, world, map, this.market.hexes);
    const own = home === undefined ? undefined : world.outlines[home];
    if (!own) return;
    trace(pen, own, map);
    pen.lineWidth = 2;
    pen.strokeStyle = 'rgb(255 255 255 / 85%)';
    pen.stroke();
  }

  /** A split region wears the colours of all its layers: they share its place. The region's outline is the current path before, the stripes after. */
  private stripe(pen: CanvasRenderingContext2D, region: number, size: number): void {
    pen.save();
    pen.clip();
    pen.lineWidth = STRIPE;
    const step = STRIPE * Math.SQRT2; // side by side at 45 degrees
    for (let i = 0; i < this.layers.length; i++) {
      pen.strokeStyle = ownerColor(region, this.layers[i], 60);
      pen.beginPath();
      for (let at = -size + i * step; at < size; at += this.layers.length * step) {
        pen.moveTo(at, 0);
        pen.lineTo(at + size, size);
      }
      pen.stroke();
    }
    pen.restore();
  }

  private view(world: WorldInfo, map: Projection, x: number, y: number): void {
    const { pen } = this;
    pen.beginPath();
    pen.arc(map.x(x), map.y(y), world.interestRadius * map.pixelsPerMetre, 0, 2 * Math.PI);
    pen.lineWidth = 1;
    pen.strokeStyle = 'rgb(200 236 255 / 80%)';
    pen.setLineDash([3, 3]);
    pen.stroke();
    pen.setLineDash([]);
  }

  private blip(craft: Craft, map: Projection): void {
    const look = BLIPS[craft.kind];
    if (!look) return;
    const { pen } = this;
    const left = map.x(craft.x) - look.size / 2;
    const top = map.y(craft.y) - look.size / 2;
    if (craft.layer > 0) {
      // A layer of a split region: everybody stands in the same place, so the blip itself says whose it is.
      pen.fillStyle = ownerColor(craft.region, craft.layer, 100);
      pen.fillRect(left - 1, top - 1, look.size + 2, look.size + 2);
    }
    pen.fillStyle = look.color;
    pen.fillRect(left, top, look.size, look.size);
  }

  private self(map: Projection, x: number, y: number, yaw: number): void {
    const { pen } = this;
    pen.save();
    pen.translate(map.x(x), map.y(y));
    pen.rotate(-yaw);
    pen.beginPath();
    pen.moveTo(8, 0);
    pen.lineTo(-5, 4.5);
    pen.lineTo(-2.5, 0);
    pen.lineTo(-5, -4.5);
    pen.closePath();
    pen.fillStyle = '#fff';
    pen.strokeStyle = 'rgb(4 8 20 / 90%)';
    pen.lineWidth = 1.5;
    pen.stroke();
    pen.fill();
    pen.restore();
  }
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser gives no 2D canvas');
  return pen;
}

/** Makes a region's outline, x and y in turn, the current path. */
function trace(pen: CanvasRenderingContext2D, outline: readonly number[], map: Projection): void {
  pen.beginPath();
  pen.moveTo(map.x(outline[0]), map.y(outline[1]));
  for (let i = 2; i < outline.length; i += 2) pen.lineTo(map.x(outline[i]), map.y(outline[i + 1]));
  pen.closePath();
}
