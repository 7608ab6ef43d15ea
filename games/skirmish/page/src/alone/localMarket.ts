import {
  type Deal,
  type HexOwner,
  type HexState,
  type Market,
  type MarketListener,
  refused,
  type Ware,
  xpOfLevel,
} from '../net/market.js';

const LATENCY_MILLIS = 350;
const OWNERS = ['Quill', 'Oberon the Unimpressed', 'Vex'];

/** The market of who flies alone: everything is for sale, and some regions are taken already. Nothing of it is remembered. */
export class LocalMarket implements Market {
  readonly clientId = 'character:alone';
  credits = 180;
  cargo = 34;
  readonly prices = new Map<Ware, number>([
    ['rounds', 2],
    ['repair', 1],
    ['hex', 1],
    ['salvage', 5],
  ]);
  readonly hexes: HexState[];
  ownersVersion = 1;

  constructor(
    regions: number,
    /** So many rounds come aboard. */
    private readonly load: (rounds: number) => void,
    private readonly listener: MarketListener,
  ) {
    this.hexes = Array.from({ length: regions }, (_, i) => {
      const owner: HexOwner = i % 5 === 1 ? 'other' : i === 9 ? 'self' : 'nobody';
      const xp = owner === 'nobody' ? 0 : 130 + 40 * i;
      const ownerName = owner === 'other' ? OWNERS[i % OWNERS.length] : '';
      const share = owner === 'self' ? xp : 0;
      return { version: 1, level: levelOf(xp), xp, owner, ownerId: owner, ownerName, shareholders: xp > 0 ? 2 : 0, share };
    });
  }

  /** A wreck was flown through. */
  find(pieces: number): void {
    this.cargo += pieces;
    this.listener.onSalvage(pieces);
  }

  async trade(ware: Ware, quantity: number, region: number): Promise<Deal> {
    await new Promise((done) => setTimeout(done, LATENCY_MILLIS));
    const total = quantity * (this.prices.get(ware) ?? 0);
    if (ware === 'salvage') return this.sell(quantity, total);
    if (total > this.credits) return refused('INSUFFICIENT_FUNDS', '');
    this.credits -= total;
    if (ware === 'rounds') this.load(quantity);
    if (ware === 'hex') this.invest(region, quantity);
    return { done: true, total };
  }

  async voteForSelf(region: number): Promise<Deal> {
    return this.hexes[region].share > 0 ? { done: true, total: 0 } : refused('NO_SHARE', '');
  }

  private sell(quantity: number, total: number): Deal {
    if (quantity > this.cargo) return refused('NOT_ENOUGH_ITEMS', '');
    this.cargo -= quantity;
    this.credits += total;
    return { done: true, total };
  }

  private invest(region: number, paid: number): void {
    const before = this.hexes[region];
    const [xp, share] = [before.xp + paid, before.share + paid];
    const owner = share * 2 > xp ? 'self' : before.owner;
    const after = {
      ...before,
      version: before.version + 1,
      xp,
      share,
      owner,
      ownerId: owner,
      level: levelOf(xp),
      shareholders: 1,
    };
    this.hexes[region] = after;
    if (owner === before.owner) return;
    this.ownersVersion++;
    this.listener.onHexOwner(region, after, before.owner);
  }
}

function levelOf(xp: number): number {
  let level = 1;
  while (xp >= xpOfLevel(level + 1)) level++;
  return level;
}
