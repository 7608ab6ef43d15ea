import type { ConnectOptions, TerraneClient } from './api.js';

export type * from './api.js';
export type * from './messages.js';
export type * from './partition.js';
export type * from './schema.js';

/** Connects to a world. Returns at once; watch `state`, or `on('open')`. */
export function connect(options: ConnectOptions): TerraneClient {
  throw new Error(`connecting to ${options.url} comes with the next commit`);
}
