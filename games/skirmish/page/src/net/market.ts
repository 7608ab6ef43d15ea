/** What stations and hexes trade in, by the names of the server's offers; salvage they buy. */
export const WARES = ['rounds', 'repair', 'hex', 'salvage'] as const;
export type Ware = (typeof WARES)[number];

/** How near to a region's centre a ship has to be to buy there; see Station of the server. */
export const DOCK_METRES = 60;
/** So many rounds fit into a ship. */
export const ROUNDS_MAX = 200;
/** So many pieces go into one trade; see TradeLimits of the server. */
export const QUANTITY_MAX = 10_000;

export type HexOwner = 'nobody' | 'self' | 'other';

/** A region as something to own. */
export interface HexState {
  /** Higher is newer. */
  readonly version: number;
  readonly level: number;
  /** All that was ever paid in. */
  readonly xp: number;
  readonly owner: HexOwner;
  /** As the server calls it; empty: nobody. */
  readonly ownerId: string;
  /** For people to read; empty: not known. */
  readonly ownerName: string;
  readonly shareholders: number;
  /** What the own character has paid in. */
  readonly share: number;
}

/** How a wish ended: done, or nothing has changed for this reason. */
export type Deal =
  { readonly done: true; readonly total: number } | { readonly done: false; readonly errorCode: string; readonly reason: string };

/** The page's way to money, goods and hexes. Nothing here is decided by the page: every wish may be refused. */
export interface Market {
  /** What the server calls the own character, `character:<uuid>`; empty until it is known. */
  readonly clientId: string;
  /** Undefined until the server has told. */
  readonly credits: number | undefined;
  /** Pieces of salvage aboard; undefined until the server has told. */
  readonly cargo: number | undefined;
  /** Of one piece, in credits; what is missing is not traded (yet). */
  readonly prices: ReadonlyMap<Ware, number>;
  /** By index of the region; undefined: not known. */
  readonly hexes: readonly (HexState | undefined)[];
  /** Rises whenever a hex gets another owner. */
  readonly ownersVersion: number;
  /** Takes up the offer for a ware, at the price as it is known. Resolves when it is over, and never fails. @param region index; what is bought for a hex is for this one */
  trade(ware: Ware, quantity: number, region: number): Promise<Deal>;
  /** Says that the own character shall own this hex. */
  voteForSelf(region: number): Promise<Deal>;
}

/** What happens without the player's doing. */
export interface MarketListener {
  /** A hex that was known has another owner now. */
  onHexOwner(region: number, hex: HexState, before: HexOwner): void;
  /** So many pieces of salvage have come aboard. */
  onSalvage(pieces: number): void;
}

export function refused(errorCode: string, reason: string): Deal {
  return { done: false, errorCode, reason };
}

/** Experience at which a level begins; see Hex of the server. */
export function xpOfLevel(level: number): number {
  return 100 * (level - 1) ** 2;
}

export const LEVEL_MAX = 20;
