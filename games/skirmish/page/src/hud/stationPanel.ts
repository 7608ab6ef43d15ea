import type { Desk } from './desk.js';
import { type Craft, type Own, VITALS_MAX } from '../net/link.js';
import { type Market, ROUNDS_MAX, type Ware } from '../net/market.js';
import { Action } from './action.js';
import { byId } from './dom.js';
import { Sale } from './sale.js';

/** What one press buys. */
const ROUNDS = 20;

/** What could be bought, or sold, now. */
export interface Purchase {
  quantity: number;
  /** Why not; empty: it can be done. */
  hindrance: string;
}

/** As many of a ware as are wanted, as there is room for, and as can be paid. */
export function purchase(market: Market, ware: Ware, wanted: number, room: number, noRoom: string): Purchase {
  const price = market.prices.get(ware);
  if (room <= 0) return { quantity: 0, hindrance: noRoom };
  const quantity = Math.min(wanted, room);
  if (price === undefined) return { quantity, hindrance: 'The station has not opened yet' };
  const affordable = Math.floor((market.credits ?? 0) / price);
  return affordable < 1
    ? { quantity, hindrance: 'Not enough credits' }
    : { quantity: Math.min(quantity, affordable), hindrance: '' };
}

/** Points of hull and armor that the own ship lacks. */
export function missingPoints(craft: Craft | undefined): number {
  const full = VITALS_MAX.ship;
  const v = craft?.vitals ?? full;
  return Math.max(0, Math.ceil(full.hull - v.hull + full.armor - v.armor));
}

/** What the station sells and buys, shown while the ship is near enough. */
export class StationPanel {
  private readonly panel = byId('station', HTMLElement);
  private rounds: Purchase = { quantity: 0, hindrance: '' };
  private repair: Purchase = { quantity: 0, hindrance: '' };
  private region = -1;
  private readonly sale: Sale;
  private readonly buyRounds = new Action('buy-rounds', 'KeyB', () =>
    this.desk.trade('rounds', this.rounds.quantity, this.region),
  );
  private readonly buyRepair = new Action('repair', 'KeyR', () => this.desk.trade('repair', this.repair.quantity, this.region));

  constructor(private readonly desk: Desk) {
    this.sale = new Sale(desk);
  }

  update(docked: boolean, craft: Craft | undefined, own: Own): void {
    if (this.panel.hidden === docked) {
      this.panel.hidden = !docked;
      this.sale.begin();
    }
    if (!docked) return;
    const { market } = this.desk;
    const missing = missingPoints(craft);
    this.region = own.region;
    this.rounds = purchase(market, 'rounds', ROUNDS, ROUNDS_MAX - own.rounds, 'The magazine is full');
    this.repair = purchase(market, 'repair', missing, missing, 'Nothing is damaged');
    this.sale.update(own.region);
    this.show(this.buyRounds, 'rounds', this.rounds, `${this.rounds.quantity} rounds`);
    this.show(this.buyRepair, 'repair', this.repair, missing > 0 ? `Repair ${this.repair.quantity} of ${missing}` : 'Repair');
  }

  private show(action: Action, ware: Ware, wanted: Purchase, label: string): void {
    const waits = this.desk.waitsFor(ware);
    const price = this.desk.market.prices.get(ware);
    const cost = price === undefined || wanted.quantity === 0 ? '' : `${wanted.quantity * price} cr`;
    action.update(wanted.quantity > 0 ? label : wanted.hindrance, cost, waits ? 'On its way' : wanted.hindrance);
  }
}
