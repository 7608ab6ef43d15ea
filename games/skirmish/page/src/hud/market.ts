import { Desk } from './desk.js';
import type { Craft, Own, WorldInfo } from '../net/link.js';
import { DOCK_METRES, type Market } from '../net/market.js';
import { Counter } from './counter.js';
import { byId } from './dom.js';
import { HexPanel } from './hexPanel.js';
import { StationPanel } from './stationPanel.js';

const PANELS_MILLIS = 150;

/** Credits, rounds and salvage aboard, the region's hex and its station: everything in the HUD that is about money. */
export class MarketHud {
  private readonly credits = new Counter(byId('credits', HTMLElement));
  private readonly rounds = new Counter(byId('rounds', HTMLElement));
  private readonly cargo = new Counter(byId('cargo', HTMLElement));
  private readonly desk: Desk;
  private readonly hex: HexPanel;
  private readonly station: StationPanel;
  private lastMillis = 0;
  private nextMillis = 0;

  constructor(
    private readonly market: Market,
    say: (text: string) => void,
  ) {
    this.desk = new Desk(market, say);
    this.hex = new HexPanel(this.desk);
    this.station = new StationPanel(this.desk);
  }

  update(world: WorldInfo, me: Craft | undefined, own: Own, x: number, y: number, nowMillis: number): void {
    const seconds = Math.min((nowMillis - this.lastMillis) / 1000, 0.1);
    this.lastMillis = nowMillis;
    this.credits.update(this.market.credits, seconds);
    this.rounds.update(own.rounds, seconds);
    this.cargo.update(this.market.cargo, seconds);
    if (nowMillis < this.nextMillis) return;
    this.nextMillis = nowMillis + PANELS_MILLIS;
    const at = world.stations[own.region];
    const docked = at !== undefined && own.respawnIn <= 0 && Math.hypot(at.x - x, at.y - y) <= DOCK_METRES;
    this.hex.update(world, own, x, y);
    this.station.update(docked, me, own);
  }
}
