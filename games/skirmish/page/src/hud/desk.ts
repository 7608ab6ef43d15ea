import { dealText } from './dealText.js';
import type { Deal, Market, Ware } from '../net/market.js';

export type Wish = Ware | 'vote';

/** Takes the player's wishes to the market, one of a kind at a time, and says how each ended. */
export class Desk {
  private readonly pending = new Set<Wish>();

  constructor(
    readonly market: Market,
    private readonly say: (text: string) => void,
  ) {}

  waitsFor(wish: Wish): boolean {
    return this.pending.has(wish);
  }

  /** Buys, or sells what the station buys. */
  trade(ware: Ware, quantity: number, region: number): void {
    void this.carryOut(ware, quantity, () => this.market.trade(ware, quantity, region));
  }

  vote(region: number): void {
    void this.carryOut('vote', 1, () => this.market.voteForSelf(region));
  }

  private async carryOut(wish: Wish, quantity: number, act: () => Promise<Deal>): Promise<void> {
    if (this.pending.has(wish)) return;
    this.pending.add(wish);
    const deal = await act();
    this.pending.delete(wish);
    this.say(dealText(wish, quantity, deal));
  }
}
