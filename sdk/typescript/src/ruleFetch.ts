import { WasmRule } from './wasmRule.js';

/** The movement rule of a world, from the server behind `wsUrl`; undefined for a world without one. */
export async function fetchRule(wsUrl: string, world: string): Promise<WasmRule | undefined> {
  const url = new URL(`/api/v1/worlds/${encodeURIComponent(world)}/rule.wasm`, wsUrl);
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  const response = await fetch(url);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return WasmRule.load(await response.arrayBuffer());
}
