import type { Craft, Kind, WorldInfo } from '../net/link.js';
import { byId } from './dom.js';
import { ownerColor } from './owners.js';
import { Projection } from './projection.js';

const UPDATE_MILLIS = 80;

const BLIPS: Record<Kind, { color: string; radius: number } | undefined> = {
  ship: { color: '#ffd76a', radius: 2.6 },
  drone: { color: '#ff6259', radius: 1.9 },
  asteroid: { color: 'rgb(160 175 200 / 55%)', radius: 1.4 },
  wreck: { color: 'rgb(255 150 90 / 60%)', radius: 1.2 },
  bolt: undefined,
};

/** The whole sector at a glance: regions in the colours of the cells that own them, who is in view and whose they are, how far the view goes. */
export class Minimap {
  private readonly canvas = byId('minimap', HTMLCanvasElement);
  private readonly pen: CanvasRenderingContext2D;
  private nextMillis = 0;

  constructor() {
    const pen = this.canvas.getContext('2d');
    if (!pen) throw new Error('this browser gives no 2D canvas');
    this.pen = pen;
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
    const scale = Math.min(devicePixelRatio || 1, 3);
    const size = this.canvas.clientWidth;
    if (this.canvas.width !== Math.round(size * scale)) this.canvas.width = this.canvas.height = Math.round(size * scale);
    const { pen } = this;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, size, size);
    const map = Projection.around(world.outlines, size);
    this.regions(world, map);
    this.view(world, map, x, y);
    for (const craft of crafts.values()) if (craft.id !== selfId) this.blip(craft, map);
    this.self(map, x, y, yaw);
  }

  private regions(world: WorldInfo, map: Projection): void {
    const { pen } = this;
    pen.lineWidth = 1;
    world.outlines.forEach((outline, region) => {
      pen.beginPath();
      pen.moveTo(map.x(outline[0]), map.y(outline[1]));
      for (let i = 2; i < outline.length; i += 2) pen.lineTo(map.x(outline[i]), map.y(outline[i + 1]));
      pen.closePath();
      pen.fillStyle = 'rgb(7 12 28 / 62%)';
      pen.fill();
      pen.fillStyle = ownerColor(region, 0, 20);
      pen.fill();
      pen.strokeStyle = ownerColor(region, 0, 55);
      pen.stroke();
    });
  }

  private view(world: WorldInfo, map: Projection, x: number, y: number): void {
    const { pen } = this;
    pen.beginPath();
    pen.arc(map.x(x), map.y(y), world.interestRadius * map.pixelsPerMetre, 0, 2 * Math.PI);
    pen.fillStyle = 'rgb(110 205 255 / 10%)';
    pen.fill();
    pen.strokeStyle = 'rgb(160 225 255 / 80%)';
    pen.setLineDash([3, 3]);
    pen.stroke();
    pen.setLineDash([]);
  }

  private blip(craft: Craft, map: Projection): void {
    const look = BLIPS[craft.kind];
    if (!look) return;
    this.pen.beginPath();
    this.pen.arc(map.x(craft.x), map.y(craft.y), look.radius, 0, 2 * Math.PI);
    this.pen.fillStyle = look.color;
    this.pen.fill();
    if (craft.layer === 0) return;
    // A layer of a split region: everybody stands in the same place, so the blip itself says whose it is.
    this.pen.strokeStyle = ownerColor(craft.region, craft.layer, 100);
    this.pen.lineWidth = 1.5;
    this.pen.stroke();
  }

  private self(map: Projection, x: number, y: number, yaw: number): void {
    const { pen } = this;
    pen.save();
    pen.translate(map.x(x), map.y(y));
    pen.rotate(-yaw);
    pen.beginPath();
    pen.moveTo(7, 0);
    pen.lineTo(-4.5, 4);
    pen.lineTo(-2.5, 0);
    pen.lineTo(-4.5, -4);
    pen.closePath();
    pen.fillStyle = '#fff';
    pen.fill();
    pen.restore();
  }
}
