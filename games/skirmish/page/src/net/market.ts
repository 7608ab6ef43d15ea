/** What stations and hexes sell, by the names of the server's offers. */
export const WARES = ['rounds', 'repair', 'hex'] as const;
export type Ware = (typeof WARES)[number];

/** How near to a region's centre a ship has to be to buy there; see Station of the server. */
export const DOCK_METRES = 60;
/** So many rounds fit into a ship. */
export const ROUNDS_MAX = 200;

export type HexOwner = 'nobody' | 'self' | 'other';

/** A region as something to own. */
export interface HexState {
  /** Higher is newer. */
  readonly version: number;
  readonly level: number;
  /** All that was ever paid in. */
  readonly xp: number;
  readonly owner: HexOwner;
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
  /** Of one piece, in credits; what is missing is not for sale (yet). */
  readonly prices: ReadonlyMap<Ware, number>;
  /** By index of the region; undefined: not known. */
  readonly hexes: readonly (HexState | undefined)[];
  /** Rises whenever a hex gets another owner. */
  readonly ownersVersion: number;
  /** Resolves when it is over, and never fails. @param region index; what is bought for a hex is for this one */
  buy(ware: Ware, quantity: number, region: number): Promise<Deal>;
  /** Says that the own character shall own this hex. */
  voteForSelf(region: number): Promise<Deal>;
}

export function refused(errorCode: string, reason: string): Deal {
  return { done: false, errorCode, reason };
}

/** Experience at which a level begins; see Hex of the server. */
export function xpOfLevel(level: number): number {
  return 100 * (level - 1) ** 2;
}

export const LEVEL_MAX = 20;
