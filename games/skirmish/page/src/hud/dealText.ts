import type { Deal, Ware } from '../net/market.js';

/** What a player can make of the server's refusals; those that are not here come with the server's own words. */
const REFUSALS: Record<string, string> = {
  NOT_AT_STATION: 'Too far away: come within 60 m of the station',
  NO_ROOM: 'There is no room for so many rounds aboard',
  NOT_DAMAGED: 'There is not so much to repair',
  SHIP_LOST: 'There is no ship to bring it to: buy again with the next one',
  INSUFFICIENT_FUNDS: 'Not enough credits',
  UNKNOWN_WALLET: 'No credits yet: shoot a drone down to earn some',
  UNKNOWN_OFFER: 'The station has not opened yet',
  PRICE_CHANGED: 'The price has changed: look again',
  HEX_FULL: 'This region has as many shareholders as it can have',
  NO_SHARE: 'Only who has invested in this region may vote here',
  UNKNOWN_CANDIDATE: 'Only who has invested in this region can own it',
  BUSY: 'The server is busy: try again in a moment',
  TOO_MANY: 'The server is busy: try again in a moment',
  LOST: 'The connection went before an answer came: your credits tell what became of it',
  NOT_TOLD: 'No word yet: your credits will tell what became of it',
};

/** How a wish ended, in a player's words. */
export function dealText(wish: Ware | 'vote', quantity: number, deal: Deal): string {
  if (!deal.done) return REFUSALS[deal.errorCode] ?? `Refused: ${deal.reason || deal.errorCode}`;
  switch (wish) {
    case 'rounds':
      return `${quantity} rounds aboard for ${credits(deal.total)}`;
    case 'repair':
      return `Repaired ${quantity} points for ${credits(deal.total)}`;
    case 'hex':
      return `Invested ${credits(deal.total)}`;
    case 'vote':
      return 'Your vote counts for yourself now';
  }
}

function credits(amount: number): string {
  return amount === 1 ? '1 credit' : `${amount.toLocaleString('en')} credits`;
}
