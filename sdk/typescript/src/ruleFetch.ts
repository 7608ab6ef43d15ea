import { WasmRule } from './wasmRule.js';

/** Asks for a world's movement rule. To be asked with each connection: behind it may be another server by then, whose world moves otherwise. */
export class RuleFetch {
  private module: Uint8Array | undefined;
  private rule: WasmRule | undefined;

  /** From the server behind `wsUrl`; undefined for a world that has none. The same object as before as long as it is the same rule. */
  async get(wsUrl: string, world: string): Promise<WasmRule | undefined> {
    const url = new URL(`/api/v1/worlds/${encodeURIComponent(world)}/rule.wasm`, wsUrl);
    url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
    const response = await fetch(url, { cache: 'no-cache' }); // browsers ask whether theirs is still right
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
    const module = new Uint8Array(await response.arrayBuffer());
    const known = this.module;
    if (known === undefined || module.length !== known.length || module.some((byte, i) => byte !== known[i])) {
      this.rule = await WasmRule.load(module);
      this.module = module;
    }
    return this.rule;
  }
}
