import type { ServerError, TerraneClient } from '@terrane/client';
import { NetGraphs } from '@terrane/client/debug';
import type { TerraneSession } from '@terrane/playcanvas';
import type { LinkListener, LinkState, NetStats, WorldInfo } from './link.js';
import type { MarketListener } from './market.js';
import { rememberedToken, rememberToken } from './memory.js';
import { SdkMarket } from './sdkMarket.js';
import type { Side, SkirmishWorld } from './side.js';
import { type Skirmish, skirmishGame } from './skirmishGame.js';
import { BODY } from './skirmishWire.js';

/** The game's message for a battle; see StressBattle of the server. */
const STRESS_MESSAGE = 90;
/** The game's message for a line of chat, in UTF-8; see Chat of the server. */
const CHAT_MESSAGE = 91;

/** This page can draw Skirmish only. */
const OTHER_GAME: LinkState = {
  phase: 'refused',
  reason: 'This world plays a game that this page does not know. The plain canvas draws any.',
  advice: 'elsewhere',
};

/** A real server, and other people in its world. */
export class OnlineSide implements Side {
  readonly market: SdkMarket;
  private client: TerraneClient<Skirmish> | undefined;
  private session: TerraneSession | undefined;
  private graphs: NetGraphs | undefined;
  private lastError: ServerError | undefined;

  constructor(listener: MarketListener) {
    this.market = new SdkMarket(listener);
  }

  get tickSeconds(): number | undefined {
    return this.client?.welcome && 1 / this.client.welcome.simulationHz;
  }

  prepare(session: TerraneSession, name: string): void {
    this.session = session;
    this.lastError = undefined;
    session.mode = 'online';
    session.playerName = name;
    session.options = {
      game: skirmishGame,
      guestToken: rememberedToken(),
      clientName: 'skirmish-page/0.1.0',
      reconnect: { delayMsMax: 5000 },
    };
  }

  begun(_world: SkirmishWorld, listener: LinkListener): void {
    const client = this.session?.client as TerraneClient<Skirmish> | undefined;
    if (!client) throw new Error('the session is not with a server');
    this.client = client;
    this.market.follow(client);
    // A client that was replaced may still say its last words.
    const current = (): boolean => this.client === client;
    client.on('message', (message) => {
      if (message.type === STRESS_MESSAGE && current()) listener.onBattle(leastFirst(message.payload));
    });
    client.on('error', (error) => {
      this.lastError = error;
      if (!error.fatal && current()) listener.onNotice(error.message);
    });
  }

  facts(): Pick<WorldInfo, 'name' | 'interestRadius'> | undefined {
    const welcome = this.client?.welcome;
    return welcome && { name: welcome.world, interestRadius: welcome.interestRadius };
  }

  opened(world: WorldInfo): void {
    this.lastError = undefined;
    rememberToken(this.client?.token);
    this.market.opened(world.names);
  }

  stateOf({ state, stateReason: reason, stateCode }: SkirmishWorld): LinkState {
    const code = stateCode || (this.lastError?.name ?? '');
    if (state === 'open') return { phase: 'playing' };
    if (state === 'closed') {
      if (code === 'SCHEMA_MISMATCH' && reason.includes(`there is no component ${BODY}`)) return OTHER_GAME;
      return { phase: 'refused', reason: sentence(reason), advice: adviceFor(`${code} ${reason}`) };
    }
    const retryAtMillis = this.client?.retryAtMs;
    if (retryAtMillis === undefined) return { phase: 'connecting' };
    const title = code === 'SERVER_FULL' || code === 'TOO_MANY_CONNECTIONS' ? 'The sector is full' : 'The server is away';
    return { phase: 'away', title, reason: sentence(reason), retryAtMillis };
  }

  visit(region: number): void {
    this.market.visit(region);
  }

  readStats(into: NetStats): void {
    const { client } = this;
    if (!client) return;
    const { stats } = client;
    into.rttMillis = stats.rttMs;
    into.viewDelayMillis = stats.interpolationDelayMs;
    into.tick = stats.tick;
    into.bytesPerSecond = stats.bytesPerSecond;
    into.snapshotsPerSecond = stats.snapshotsPerSecond;
    into.entities = stats.entitiesInView;
    into.dilation = stats.dilation;
    into.shed = stats.shed;
    into.corrections = stats.predicting ? stats.correctionsPerMinute : Number.NaN;
    into.correctionMetresMax = stats.correctionMetresMax;
    into.inputMarginMillis = stats.inputMarginMs;
    into.cell = client.info?.worldId ?? '';
  }

  drawNet(canvas: HTMLCanvasElement): boolean {
    this.graphs?.close();
    this.graphs = this.client && new NetGraphs(this.client, canvas);
    return this.graphs !== undefined;
  }

  stress(): void {
    this.client?.message(STRESS_MESSAGE, 0, new Uint8Array());
  }

  say(text: string): void {
    this.client?.message(CHAT_MESSAGE, 0, new TextEncoder().encode(text));
  }
}

/** A whole number of four bytes; 0 when there are fewer. */
function leastFirst(bytes: Uint8Array): number {
  return bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function adviceFor(codeAndReason: string): 'name' | 'reload' | 'again' {
  if (codeAndReason.includes('INVALID_NAME')) return 'name';
  return /VERSION_MISMATCH|SCHEMA_MISMATCH/.test(codeAndReason) ? 'reload' : 'again';
}

/** The SDK's reasons begin small and end open; a player reads sentences. */
function sentence(reason: string): string {
  const text = reason.trim();
  if (text === '') return 'No reason was given.';
  return text[0].toUpperCase() + text.slice(1) + (/[.!?)]$/.test(text) ? '' : '.');
}
