import type { Desk } from './desk.js';
import { type Market, QUANTITY_MAX } from '../net/market.js';
import { Action } from './action.js';
import { byId, setText } from './dom.js';
import type { Purchase } from './stationPanel.js';

/** What could be sold now of what is aboard. @param wanted `Infinity`: all */
export function sale(market: Market, wanted: number): Purchase {
  const aboard = Math.min(market.cargo ?? 0, QUANTITY_MAX);
  if (aboard < 1) return { quantity: 0, hindrance: 'No salvage aboard' };
  const quantity = Math.max(1, Math.min(Math.round(wanted), aboard));
  return { quantity, hindrance: market.prices.has('salvage') ? '' : 'The station has not opened yet' };
}

/** `Sell 5 of 12 salvage`. */
export function saleLabel(quantity: number, aboard: number): string {
  const part = quantity.toLocaleString('en');
  return quantity < aboard ? `Sell ${part} of ${aboard.toLocaleString('en')} salvage` : `Sell ${part} salvage`;
}

/** Salvage for credits: all of it, or as much as the slider says. */
export class Sale {
  private readonly slider = byId('sell-amount', HTMLInputElement);
  private readonly rate = byId('sell-rate', HTMLElement);
  private offered: Purchase = { quantity: 0, hindrance: '' };
  /** `Infinity`: whatever is aboard, also what comes later. */
  private wanted = Infinity;
  private region = -1;
  private readonly sell = new Action('sell', 'KeyE', () => this.desk.trade('salvage', this.offered.quantity, this.region));
  private readonly less = new Action('sell-less', 'Comma', () => this.choose(this.offered.quantity - 1), 'repeats');
  private readonly more = new Action('sell-more', 'Period', () => this.choose(this.offered.quantity + 1), 'repeats');

  constructor(private readonly desk: Desk) {
    this.slider.addEventListener('input', () => this.choose(this.slider.valueAsNumber));
    // The arrow keys belong to the ship again when the thumb is let go.
    this.slider.addEventListener('pointerup', () => this.slider.blur());
  }

  /** Somebody has come to the station: he is asked for all that he has. */
  begin(): void {
    this.wanted = Infinity;
  }

  update(region: number): void {
    const { market } = this.desk;
    const { quantity, hindrance } = (this.offered = sale(market, this.wanted));
    const aboard = Math.min(market.cargo ?? 0, QUANTITY_MAX);
    const price = market.prices.get('salvage');
    const hindered = this.desk.waitsFor('salvage') ? 'On its way' : hindrance;
    this.region = region;
    this.sell.update(
      quantity > 0 ? saleLabel(quantity, aboard) : hindrance,
      quantity > 0 && price !== undefined ? `+${(quantity * price).toLocaleString('en')} cr` : '',
      hindered,
    );
    this.less.update('', '', quantity > 1 ? hindered : 'One is the least');
    this.more.update('', '', quantity < aboard ? hindered : 'That is all');
    setText(this.rate, price === undefined ? '' : `${price} cr each`);
    this.slide(quantity, aboard);
  }

  private slide(quantity: number, aboard: number): void {
    const { slider } = this;
    const [min, max] = [Math.min(1, aboard), aboard];
    if (Number(slider.max) !== max) slider.max = String(max);
    if (Number(slider.min) !== min) slider.min = String(min);
    if (slider.valueAsNumber !== quantity) slider.value = String(quantity);
    const idle = aboard < 2;
    if (slider.disabled !== idle) slider.disabled = idle;
    const part = (max > min ? (quantity - min) / (max - min) : 1).toFixed(3);
    if (slider.style.getPropertyValue('--part') !== part) slider.style.setProperty('--part', part);
  }

  private choose(quantity: number): void {
    this.wanted = quantity >= Math.min(this.desk.market.cargo ?? 0, QUANTITY_MAX) ? Infinity : quantity;
    this.update(this.region);
  }
}
