import type { CommandName, CommandResult, PayloadOf, ResultOf, TerraneClient } from '@terrane/client';
import { Books } from './books.js';
import { type Deal, type HexState, type Market, type MarketListener, refused, WARES, type Ware } from './market.js';
import type { HexEventsChanged, InventoryResultsMoved, Skirmish, TradeEventsEnded } from './skirmishGame.js';

/** What the market needs of Terrane's client. */
export type MarketClient = Pick<TerraneClient<Skirmish>, 'command' | 'onEvent' | 'token'>;

const OFFERS_RETRY_MILLIS = 3000;
/** Trades end within a second or so; after this long the end was missed, for example while the connection was away. */
const ENDING_MILLIS_MAX = 20_000;
const ENDED_REMEMBERED_MAX = 32;

/** The market of a real server: wishes are durable commands, how they end is told by durable events, amounts are asked for by REST. */
export class SdkMarket implements Market {
  readonly prices = new Map<Ware, number>();
  readonly hexes: (HexState | undefined)[] = [];
  ownersVersion = 0;
  private client: MarketClient | undefined;
  clientId = '';
  private names: readonly string[] = [];
  private books = new Books(undefined);
  /** Trades that were begun, by id, and what waits for their end. */
  private readonly open = new Map<string, (deal: Deal) => void>();
  /** Ends that were told before the answer that names the trade. */
  private readonly ended = new Map<string, Deal>();
  private readonly looking = new Set<number>();
  /** Regions whose own share is known. */
  private readonly looked = new Set<number>();
  private here = -1;

  constructor(private readonly listener: MarketListener) {}

  get credits(): number | undefined {
    return this.books.credits.amount;
  }

  get cargo(): number | undefined {
    return this.books.cargo.amount;
  }

  /** Belongs to this client from now on. */
  follow(client: MarketClient): void {
    this.hexes.length = 0;
    this.here = -1;
    this.ownersVersion++;
    this.client = client;
    const current = (): boolean => this.client === client;
    client.onEvent('evt.economy.posted', () => current() && this.books.credits.refresh());
    client.onEvent('evt.inventory.moved', (event) => current() && this.goodsMoved(event.payload));
    client.onEvent('evt.trade.ended', (event) => current() && this.tradeEnded(event.payload));
    client.onEvent('evt.hex.changed', (event) => current() && this.noteHex(event.payload));
  }

  /** Connected, perhaps again: whatever was missed is asked for. @param names of the regions by index */
  opened(names: readonly string[]): void {
    const before = this.books;
    this.books = new Books(this.client?.token);
    this.books.follow(before);
    this.clientId = this.books.rest.clientId;
    this.names = names;
    this.books.refresh(0);
    void this.readPrices();
    // A server that has lost its past counts versions anew: whatever it says now is newer.
    this.hexes.forEach((hex, region) => hex && (this.hexes[region] = { ...hex, version: -1 }));
    this.looked.clear();
    if (this.here >= 0) void this.look(this.here);
    void this.readHexes();
  }

  /** The ship is in this region now: its hex must be known. */
  visit(region: number): void {
    this.here = region;
    if (!this.looked.has(region)) void this.look(region);
  }

  async trade(ware: Ware, quantity: number, region: number): Promise<Deal> {
    // What is bought costs this at most, what is sold brings this at least.
    const totalMax = (this.prices.get(ware) ?? 0) * quantity;
    const target = ware === 'hex' ? { target: `region:${this.names[region]}` } : {};
    const answer = await this.ask('cmd.trade.accept', { offer: ware, quantity, totalMax, ...target });
    if (!answer.ok) return refused(answer.errorCode, answer.reason);
    const deal = await this.endOf(answer.payload.trade);
    if (deal.done && ware === 'hex') this.raiseShare(region, quantity);
    return deal;
  }

  async voteForSelf(region: number): Promise<Deal> {
    const [a, b] = this.placeOf(region);
    const answer = await this.ask('cmd.hex.vote', { a, b, candidate: this.clientId });
    if (!answer.ok) return refused(answer.errorCode, answer.reason);
    this.noteHex(answer.payload);
    return { done: true, total: 0 };
  }

  /** A client that was closed will never answer: a refusal like any other. */
  private async ask<K extends CommandName<Skirmish>>(
    type: K,
    payload: PayloadOf<Skirmish, K>,
  ): Promise<CommandResult<ResultOf<Skirmish, K>>> {
    const lost = { ok: false, requestId: '', errorCode: 'LOST', reason: '', retryAfterMillis: 0 } as const;
    return this.client?.command(type, payload).catch(() => lost) ?? lost;
  }

  private endOf(trade: string): Promise<Deal> {
    const known = this.ended.get(trade);
    if (known) {
      this.ended.delete(trade);
      return Promise.resolve(known);
    }
    return new Promise((resolve) => {
      this.open.set(trade, resolve);
      setTimeout(() => {
        if (!this.open.delete(trade)) return;
        this.books.refresh();
        resolve(refused('NOT_TOLD', ''));
      }, ENDING_MILLIS_MAX);
    });
  }

  private tradeEnded(end: TradeEventsEnded): void {
    const deal: Deal = end.done ? { done: true, total: end.total } : refused(end.errorCode, end.reason);
    const waiting = this.open.get(end.trade);
    this.books.refresh();
    if (waiting) {
      this.open.delete(end.trade);
      waiting(deal);
      return;
    }
    this.ended.set(end.trade, deal);
    for (const oldest of this.ended.keys()) {
      if (this.ended.size <= ENDED_REMEMBERED_MAX) break;
      this.ended.delete(oldest);
    }
  }

  private goodsMoved(moved: InventoryResultsMoved): void {
    this.books.cargo.refresh();
    const found = this.books.foundBy(moved);
    if (found > 0) this.listener.onSalvage(found);
  }

  private async readPrices(): Promise<void> {
    const { rest } = this.books;
    const answer = await rest.ask('/offers');
    if (rest !== this.books.rest) return;
    for (const ware of WARES) {
      const offer = answer?.offers.find((each) => each.id === ware);
      if (offer) this.prices.set(ware, offer.unitPrice);
    }
    // A world that has just begun has still to open its shops.
    if (this.prices.size < WARES.length)
      setTimeout(() => rest === this.books.rest && void this.readPrices(), OFFERS_RETRY_MILLIS);
  }

  /** How all hexes stand that anybody ever paid into, from the server's view for readers; what changes is told. */
  private async readHexes(): Promise<void> {
    const { rest } = this.books;
    const answer = await rest.ask('/views/{topic}', { path: { topic: 'evt.hex.changed' } });
    // What is in a view the OpenAPI document cannot say: the newest event of each key.
    if (rest === this.books.rest) (answer?.documents as HexEventsChanged[] | undefined)?.forEach((hex) => this.noteHex(hex));
  }

  /** What only this player is told of a hex: the own share. */
  private async look(region: number): Promise<void> {
    if (this.looking.has(region)) return;
    this.looking.add(region);
    const [a, b] = this.placeOf(region);
    const answer = await this.ask('cmd.hex.look', { a, b });
    this.looking.delete(region);
    if (!answer.ok) return;
    this.looked.add(region);
    const { hex, share } = answer.payload;
    this.noteHex(hex, share);
  }

  private noteHex(told: HexEventsChanged, share?: number): void {
    const region = this.names.indexOf(told.region.replace(/^region:/, ''));
    if (region < 0) return;
    const before = this.hexes[region];
    if (before && before.version > told.version) return;
    const owner = told.owner === '' ? 'nobody' : told.owner === this.clientId ? 'self' : 'other';
    const { version, level, xp, shareholders, owner: ownerId, ownerName = '' } = told; // old servers wrote no name
    const hex = { version, level, xp, shareholders, owner, ownerId, ownerName, share: share ?? before?.share ?? 0 } as const;
    this.hexes[region] = hex;
    if (before?.ownerId === ownerId) return;
    this.ownersVersion++;
    if (before) this.listener.onHexOwner(region, hex, before.owner);
  }

  private raiseShare(region: number, xp: number): void {
    const hex = this.hexes[region];
    if (hex) this.hexes[region] = { ...hex, share: hex.share + xp };
  }

  private placeOf(region: number): number[] {
    return (this.names[region] ?? '').split(',').map(Number);
  }
}
