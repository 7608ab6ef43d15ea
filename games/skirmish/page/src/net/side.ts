import type { PlayWorld } from '@terrane/client/alone';
import type { TerraneSession } from '@terrane/playcanvas';
import type { LinkListener, LinkState, NetStats, WorldInfo } from './link.js';
import type { Market } from './market.js';
import type { Skirmish } from './skirmishGame.js';

/** What there is in a world whether a server has it or not. */
export type SkirmishWorld = PlayWorld<Skirmish>;

/** What differs between a world with a server and one without. Everything else of the page does not know which of the two it shows. */
export interface Side {
  readonly market: Market;
  /** Of a tick; undefined before the world is known. */
  readonly tickSeconds: number | undefined;
  /** Says how the session shall begin for a pilot of this name. */
  prepare(session: TerraneSession, name: string): void;
  /** The session has begun with this world. */
  begun(world: SkirmishWorld, listener: LinkListener): void;
  /** What the world is called, and how far one sees in it; the world is open. */
  facts(): Pick<WorldInfo, 'name' | 'interestRadius'> | undefined;
  /** The world is open, perhaps again. */
  opened(world: WorldInfo): void;
  /** What a state means to the player. */
  stateOf(world: SkirmishWorld): LinkState;
  /** The ship is in this region now. */
  visit(region: number): void;
  readStats(into: NetStats): void;
  drawNet(canvas: HTMLCanvasElement): boolean;
  stress(): void;
  /** Says a line to all who see the own ship. */
  say(text: string): void;
}
