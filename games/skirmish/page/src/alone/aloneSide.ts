import { parsePartition, WasmRule } from '@terrane/client';
import type { TerraneSession } from '@terrane/playcanvas';
import ruleUrl from '../../../src/main/resources/dev/terrane/games/skirmish/flight.wasm?url';
import type { LinkListener, LinkState, NetStats, WorldInfo } from '../net/link.js';
import type { MarketListener } from '../net/market.js';
import type { Side, SkirmishWorld } from '../net/side.js';
import { LocalMarket } from './localMarket.js';
import { PARTITION, Sector, VIEW_METRES } from './sector.js';

const TICK_SECONDS = 0.05;

/** `?mode=alone`: no server and nobody else. Loaded only when asked for. */
export class AloneSide implements Side {
  readonly market: LocalMarket;
  readonly tickSeconds = TICK_SECONDS;
  private sector: Sector | undefined;
  private world: SkirmishWorld | undefined;
  private listener: LinkListener | undefined;

  constructor(listener: MarketListener) {
    this.market = new LocalMarket(parsePartition(PARTITION).regions().length, (rounds) => this.sector?.load(rounds), listener);
  }

  prepare(session: TerraneSession, name: string): void {
    this.sector = new Sector(name, (pieces) => this.market.find(pieces));
    session.mode = 'alone';
    session.local = { ...this.sector.start, rule: loadRule() };
  }

  begun(world: SkirmishWorld, listener: LinkListener): void {
    this.world = world;
    this.listener = listener;
  }

  facts(): Pick<WorldInfo, 'name' | 'interestRadius'> {
    return { name: 'alone', interestRadius: VIEW_METRES };
  }

  opened(): void {}

  stateOf({ state, stateReason }: SkirmishWorld): LinkState {
    if (state === 'open') return { phase: 'playing' };
    return state === 'closed' ? { phase: 'refused', reason: stateReason, advice: 'reload' } : { phase: 'connecting' };
  }

  visit(): void {}

  readStats(into: NetStats): void {
    into.rttMillis = 0;
    into.tick = this.world?.self?.tick ?? 0;
    into.entities = this.world?.entities.size ?? 0;
    into.cell = 'none: alone';
  }

  drawNet(): boolean {
    return false;
  }

  stress(): void {
    const count = this.sector?.stress();
    if (count !== undefined) this.listener?.onBattle(count);
  }

  say(): void {
    this.listener?.onUnsaid('nobody here');
  }
}

async function loadRule(): Promise<WasmRule> {
  const response = await fetch(ruleUrl);
  if (!response.ok) throw new Error(`${ruleUrl} answered ${response.status}`);
  return WasmRule.load(await response.arrayBuffer());
}
