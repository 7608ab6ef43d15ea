import type { Deal, Ware } from '../net/market.js';

const BUSY = 'The server is busy: try again in a moment';
const STRANGE = 'This page and the server do not understand each other: load the page anew';

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
  QUANTITY_OUT_OF_RANGE: 'That is not a number of pieces to trade at once',
  HEX_FULL: 'This region has as many shareholders as it can have',
  NO_SHARE: 'Only who has invested in this region may vote here',
  UNKNOWN_CANDIDATE: 'Only who has invested in this region can own it',
  BUSY,
  TOO_MANY: BUSY,
  DEAD: 'Something broke at the server: its people have been told',
  UNKNOWN_COMMAND: STRANGE,
  UNKNOWN_VERSION: STRANGE,
  INVALID_PAYLOAD: STRANGE,
  LOST: 'The connection went before an answer came: your credits tell what became of it',
  NOT_TOLD: 'No word yet: your credits will tell what became of it',
};

/** Where the station pays, some refusals mean something else. */
const SALE_REFUSALS: Record<string, string> = {
  INSUFFICIENT_FUNDS: 'The station is out of credits: try again later',
  UNKNOWN_WALLET: 'The station cannot pay yet: try again in a moment',
  NOT_ENOUGH_ITEMS: 'There is not so much salvage aboard',
  UNKNOWN_CONTAINER: 'No salvage aboard: fly through a wreck to find some',
  NO_SPACE: 'The station has no room for more salvage',
};

/** How a wish ended, in a player's words. */
export function dealText(wish: Ware | 'vote', quantity: number, deal: Deal): string {
  if (!deal.done) return refusalText(wish, deal.errorCode, deal.reason);
  switch (wish) {
    case 'rounds':
      return `${quantity} rounds aboard for ${credits(deal.total)}`;
    case 'repair':
      return `Repaired ${quantity} points for ${credits(deal.total)}`;
    case 'salvage':
      return `Sold ${quantity.toLocaleString('en')} salvage for ${credits(deal.total)}`;
    case 'hex':
      return `Invested ${credits(deal.total)}`;
    case 'vote':
      return 'Your vote counts for yourself now';
  }
}

function refusalText(wish: Ware | 'vote', errorCode: string, reason: string): string {
  const known = (wish === 'salvage' ? SALE_REFUSALS[errorCode] : undefined) ?? REFUSALS[errorCode];
  return known ?? (reason ? `Refused: ${reason}` : 'Refused, and the server did not say why');
}

function credits(amount: number): string {
  return amount === 1 ? '1 credit' : `${amount.toLocaleString('en')} credits`;
}
