import type { AnyGame, Game } from '../game.js';
import type { LocalWorld, LocalWorldOptions } from './api.js';
import { OwnWorld } from './ownWorld.js';

export type * from './api.js';

/**
 * A world without a server, for one player. Returns at once, as `connect` does; `on('state')` tells when it can be played.
 *
 * The own avatar moves by the movement rule, with the bits that a server would get. Everything else comes from the game, by {@link LocalWorld}'s functions.
 */
export function playAlone<G extends Game = AnyGame>(options: LocalWorldOptions<G>): LocalWorld<G> {
  return new OwnWorld(options as unknown as LocalWorldOptions) as unknown as LocalWorld<G>;
}
