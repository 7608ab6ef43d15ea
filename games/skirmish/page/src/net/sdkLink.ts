import {
  connect,
  type Entity,
  type EntityWith,
  type EventOf,
  type Input,
  type RegionId,
  type ServerError,
  type TerraneClient,
} from '@terrane/client';
import { NetGraphs } from '@terrane/client/debug';
import {
  type Craft,
  type LinkListener,
  type LinkState,
  type NetStats,
  newOwn,
  newStats,
  type Own,
  type PilotInput,
  type WorldInfo,
  type WorldLink,
} from './link.js';
import { rememberedToken, rememberToken } from './memory.js';
import { gunnerOf, OwnShots } from './ownShots.js';
import { SdkMarket } from './sdkMarket.js';
import { type Skirmish, skirmishGame } from './skirmishGame.js';
import { socketUrl } from './socketUrl.js';
import { BODY, craftOf, eventOf, refreshCraft } from './skirmishWire.js';

const STATS_MILLIS = 250;
/** The game's message for a battle; see StressBattle of the server. */
const STRESS_MESSAGE = 90;

/** This page can draw Skirmish only. */
const OTHER_GAME: LinkState = {
  phase: 'refused',
  reason: 'This world plays a game that this page does not know. The plain canvas draws any.',
  advice: 'elsewhere',
};

/** A craft on the screen and the entity that it shows. */
interface Shown {
  readonly entity: Entity<Skirmish>;
  readonly craft: Craft;
  /** As of which the craft's region is right. */
  region: RegionId | undefined;
}

/** The way to a real server: Terrane's client, its entities read as Skirmish's crafts. */
export class SdkLink implements WorldLink {
  readonly crafts = new Map<string, Craft>();
  readonly own: Own = newOwn();
  readonly stats: NetStats = newStats();
  readonly market = new SdkMarket({
    onHexOwner: (region, hex, before) => this.listener?.onHexOwner(region, hex, before),
    onSalvage: (pieces) => this.listener?.onSalvage(pieces),
  });
  world: WorldInfo | undefined;

  private client: TerraneClient<Skirmish> | undefined;
  private graphs: NetGraphs | undefined;
  private shots: OwnShots | undefined;
  private listener: LinkListener | undefined;
  private lastError: ServerError | undefined;
  private readonly shown = new Map<bigint, Shown>();
  private readonly regionIndex = new Map<string, number>();
  private readonly moment = { x: 0, y: 0, z: 0, heading: 0, extrapolated: false };
  private statsDueMillis = 0;

  join(name: string, listener: LinkListener): void {
    this.client?.close();
    this.listener = listener;
    this.lastError = undefined;
    this.shown.clear();
    this.shots = undefined;
    this.crafts.clear();
    this.own.region = -1;
    listener.onState({ phase: 'connecting' });
    const client = connect({
      game: skirmishGame,
      url: socketUrl(location.href),
      name,
      guestUrl: '/api/v1/guest',
      guestToken: rememberedToken(),
      clientName: 'skirmish-page/0.1.0',
      reconnect: { delayMsMax: 5000 },
    });
    this.client = client;
    this.market.follow(client);
    this.listen(client, listener);
  }

  steer(read: () => PilotInput): void {
    this.client?.steer(read);
  }

  drawNet(canvas: HTMLCanvasElement): void {
    this.graphs?.close();
    this.graphs = this.client && new NetGraphs(this.client, canvas);
  }

  stress(): void {
    this.client?.message(STRESS_MESSAGE, 0, new Uint8Array());
  }

  update(nowMillis: number): void {
    const { client } = this;
    if (!client) return;
    const shownMillis = client.renderTimeMs();
    for (const shown of this.shown.values()) {
      const { craft } = shown;
      const at = shown.entity.sample(shownMillis, this.moment);
      craft.x = at.x;
      craft.y = at.y;
      craft.z = at.z;
      craft.yaw = at.heading;
      this.noteOwner(shown);
    }
    this.placeSelf(client);
    this.shots?.draw(client.selfTick, (client.stats.rttMs || 0) / 1000);
    if (nowMillis >= this.statsDueMillis) this.readStats(client, nowMillis);
  }

  private listen(client: TerraneClient<Skirmish>, listener: LinkListener): void {
    // A client that was replaced may still say its last words.
    const current = (): boolean => this.client === client;
    client.on('open', () => current() && this.readWorld(client));
    client.onEnter(BODY, (entity) => current() && this.enter(entity, craftOf(entity)));
    client.onChange((entity) => {
      const craft = this.shown.get(entity.id)?.craft;
      if (craft && hasBody(entity)) refreshCraft(craft, entity);
    });
    client.onLeave(BODY, (entity) => {
      this.shown.delete(entity.id);
      this.shots?.forget(String(entity.id));
      this.crafts.delete(String(entity.id));
    });
    client.on('self', () => current() && this.readSelf(client));
    client.on('steered', (tick, input) => current() && this.shoot(client, tick, input));
    client.onEvent('skirmish.*', (event) => current() && this.tell(client, event));
    client.on('message', (message) => {
      if (message.type === STRESS_MESSAGE && current()) listener.onBattle(leastFirst(message.payload));
    });
    client.on('error', (error) => {
      this.lastError = error;
      if (!error.fatal && current()) listener.onNotice(error.message);
    });
    client.on('state', (_state, reason) => current() && listener.onState(this.stateOf(client, reason)));
  }

  private stateOf(client: TerraneClient<Skirmish>, reason: string): LinkState {
    const code = client.stateCode || (this.lastError?.name ?? '');
    switch (client.state) {
      case 'open':
        this.lastError = undefined;
        this.readWorld(client);
        rememberToken(client.token);
        this.market.opened(this.world?.names ?? []);
        return { phase: 'playing' };
      case 'closed':
        if (code === 'SCHEMA_MISMATCH' && reason.includes(`there is no component ${BODY}`)) return OTHER_GAME;
        return { phase: 'refused', reason: sentence(reason), advice: adviceFor(`${code} ${reason}`) };
      default: {
        if (client.retryAtMs === undefined) return { phase: 'connecting' };
        const title = code === 'SERVER_FULL' || code === 'TOO_MANY_CONNECTIONS' ? 'The sector is full' : 'The server is away';
        return { phase: 'away', title, reason: sentence(reason), retryAtMillis: client.retryAtMs };
      }
    }
  }

  private readWorld(client: TerraneClient<Skirmish>): void {
    const { partition, welcome } = client;
    if (!partition || !welcome || this.world) return;
    partition.regions().forEach((region, i) => this.regionIndex.set(`${region.a},${region.b}`, i));
    const outlines = partition.regions().map((region) => partition.outline(region));
    const names = partition.regions().map((region) => `${region.a},${region.b}`);
    const stations = partition.regions().map((region) => ({ x: partition.originX(region), y: partition.originY(region) }));
    this.world = { name: welcome.world, outlines, names, stations, interestRadius: welcome.interestRadius };
  }

  private enter(entity: Entity<Skirmish>, craft: Craft): void {
    const shown: Shown = { entity, craft, region: undefined };
    this.noteOwner(shown);
    this.shown.set(entity.id, shown);
    if (!this.shots?.isHidden(craft.id)) this.crafts.set(craft.id, craft);
  }

  /** Who simulates it; looked up only when that has changed. */
  private noteOwner(shown: Shown): void {
    const { entity, craft } = shown;
    craft.layer = entity.layer;
    if (shown.region === entity.region) return;
    shown.region = entity.region;
    craft.region = this.regionIndex.get(`${entity.region.a},${entity.region.b}`) ?? 0;
  }

  private readSelf(client: TerraneClient<Skirmish>): void {
    const { self } = client;
    if (!self) return;
    const { own } = this;
    const pilot = self.components['skirmish.pilot'];
    own.id = String(self.avatar);
    own.energy = pilot?.energy ?? 0;
    own.respawnIn = pilot?.respawnIn ?? 0;
    own.rounds = self.components['skirmish.magazine']?.rounds ?? 0;
    const region = this.regionIndex.get(`${self.region.a},${self.region.b}`) ?? -1;
    if (region !== own.region) this.market.visit(region);
    own.region = region;
  }

  /** Ahead of the server; or, before anything is predicted, as it says. */
  private placeSelf(client: TerraneClient<Skirmish>): void {
    const { self } = client;
    if (!self) return;
    const { own } = this;
    const at = client.sampleSelf(this.moment);
    own.x = at?.x ?? self.worldX;
    own.y = at?.y ?? self.worldY;
    own.yaw = at?.heading ?? self.components['kit.heading']?.yaw ?? 0;
    const velocity = (client.predicted ?? self.components)['kit.velocity'];
    own.velocityX = velocity?.x ?? 0;
    own.velocityY = velocity?.y ?? 0;
  }

  private tell({ partition }: TerraneClient<Skirmish>, event: EventOf<Skirmish, 'skirmish.*'>): void {
    if (!partition) return;
    if (event.topic === 'skirmish.fired') {
      this.shots?.confirm(String(event.payload.bolt), event.payload.tick);
      return;
    }
    // The own shots were heard when the button was pressed.
    if (event.topic === 'skirmish.shot' && this.shots !== undefined && String(event.payload.shooter) === this.own.id) return;
    const { region } = event;
    this.listener?.onEvent(eventOf(event, partition.originX(region), partition.originY(region)));
  }

  /** The own gun fires when it is told to, not when the server says that it did. */
  private shoot(client: TerraneClient<Skirmish>, tick: number, input: Input): void {
    const me = this.own.id === undefined ? undefined : this.crafts.get(this.own.id);
    const gunner = me && gunnerOf(client, me);
    if (!me || !gunner || !client.self || !client.welcome) return;
    this.shots ??= new OwnShots(1 / client.welcome.simulationHz, this.crafts);
    this.shots.own = me.id;
    const bolt = this.shots.step(tick, input, gunner, tick - client.self.tick);
    if (!bolt) return;
    const { x, y } = bolt;
    this.listener?.onEvent({
      type: 'shot',
      shooter: me.id,
      x,
      y,
      toX: x + Math.cos(bolt.yaw),
      toY: y + Math.sin(bolt.yaw),
      weapon: 0,
    });
  }

  private readStats(client: TerraneClient<Skirmish>, nowMillis: number): void {
    this.statsDueMillis = nowMillis + STATS_MILLIS;
    const { stats } = client;
    this.stats.rttMillis = stats.rttMs;
    this.stats.viewDelayMillis = stats.interpolationDelayMs;
    this.stats.tick = stats.tick;
    this.stats.bytesPerSecond = stats.bytesPerSecond;
    this.stats.snapshotsPerSecond = stats.snapshotsPerSecond;
    this.stats.entities = stats.entitiesInView;
    this.stats.dilation = stats.dilation;
    this.stats.shed = stats.shed;
    this.stats.corrections = stats.predicting ? stats.correctionsPerMinute : Number.NaN;
    this.stats.correctionMetresMax = stats.correctionMetresMax;
    this.stats.inputMarginMillis = stats.inputMarginMs;
    this.stats.cell = client.info?.worldId ?? '';
  }
}

/** A whole number of four bytes; 0 when there are fewer. */
function leastFirst(bytes: Uint8Array): number {
  return bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function hasBody(entity: Entity<Skirmish>): entity is EntityWith<Skirmish, typeof BODY> {
  return entity.components[BODY] !== undefined;
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
