import type { ConnectOptions, TerraneClient } from './api.js';
import { Client } from './client.js';
import type { AnyGame, Game } from './game.js';

export type * from './api.js';
export { CommandLostError } from './durable.js';
export type * from './durable.js';
export type * from './game.js';
export type { GameSchema, RecordShape } from './gameSchema.js';
export type * from './messages.js';
export { openSides, parsePartition, type Partition, type RegionId } from './partition.js';
export type * from './schema.js';
export { type PreparedTransfer, prepareTransfer, redeemTransfer } from './transfer.js';

export { type RuleField, WasmRule } from './wasmRule.js';

export { ErrorCode } from './generated/error-code.js';
export { shortestTurn } from './motion.js';

/** Connects to a world and stays connected. Returns at once; watch `on('state')`, or `on('open')`. With `game`, of a generated file, everything has the game's types. */
export function connect<G extends Game = AnyGame>(options: ConnectOptions<G>): TerraneClient<G> {
  return new Client(options as ConnectOptions) as unknown as TerraneClient<G>;
}
