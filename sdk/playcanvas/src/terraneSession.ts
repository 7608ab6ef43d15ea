import { connect, type ConnectOptions, type Sample, type TerraneClient, WasmRule } from '@terrane/client';
import { type LocalWorld, type LocalWorldOptions, playAlone, type PlayWorld } from '@terrane/client/alone';
import { type AppBase, type Asset, Script } from 'playcanvas';
import { newMoment } from './placement.js';
import { socketUrl } from './socketUrl.js';

/** @enum {string} */
const Mode = { ONLINE: 'online', ALONE: 'alone' } as const;

// The game's types are the game's business: `any` takes options of any game, typed or not.
/** How a connection is made: what of `connect`'s options the attributes do not say, the game's types for example. */
export type OnlineStart = Partial<ConnectOptions<any>>;
/** How a world without a server begins: what of `playAlone`'s options the attributes do not say, above all `begin` and `tick`. */
export type LocalStart = Partial<LocalWorldOptions<any>>;

const sessions = new WeakMap<AppBase, TerraneSession>();

/** The application's session; undefined before its script is initialised. */
export function sessionOf(app: AppBase): TerraneSession | undefined {
  return sessions.get(app);
}

/**
 * The world that is played: on a server, or without one. One per application, best on the root.
 *
 * Before any script is updated it takes the moment of the frame and fires `terrane:frame` on the application; whoever draws uses that moment, in any order.
 * The application also hears `terrane:world` (the world, or undefined when it is left) and `terrane:state` (state, reason, code as in `TerraneClient`).
 */
export class TerraneSession extends Script {
  static override scriptName = 'terraneSession';

  /**
   * Whether there is a server.
   *
   * @attribute
   * @type {Mode}
   */
  mode: 'online' | 'alone' = Mode.ONLINE;

  /**
   * Begin by itself. Otherwise the game calls start().
   *
   * @attribute
   * @type {boolean}
   */
  autoStart = true;

  /**
   * Online: the gateway, for example wss://play.example/ws. Empty: /ws of the server that the page came from.
   *
   * @attribute
   * @type {string}
   */
  url = '';

  /**
   * Online: which world; empty: the server's default.
   *
   * @attribute
   * @type {string}
   */
  worldName = '';

  /**
   * Online: what to call the avatar, 1 to 24 characters.
   *
   * @attribute
   * @type {string}
   */
  playerName = 'Guest';

  /**
   * Online: a JWT. Without one a guest's is fetched.
   *
   * @attribute
   * @type {string}
   */
  token = '';

  /**
   * Online: where guests get their token.
   *
   * @attribute
   * @type {string}
   */
  guestUrl = '/api/v1/guest';

  /**
   * Alone: the movement rule, a .wasm file.
   *
   * @attribute
   * @type {Asset}
   */
  rule: Asset | null = null;

  /**
   * Alone: the same, by its address.
   *
   * @attribute
   * @type {string}
   */
  ruleUrl = '';

  /**
   * Alone: the world's regions, as a server says them.
   *
   * @attribute
   * @type {string}
   */
  partition = 'single;width=4000;depth=4000';

  /**
   * Alone: the own avatar as it begins, { "place": { "x", "y", "heading" }, "components": { … } }.
   *
   * @attribute
   * @type {Asset}
   * @resource json
   */
  avatar: Asset | null = null;

  /** Online: what goes before the attributes. */
  options: OnlineStart = {};
  /** Alone: the same. */
  local: LocalStart = {};

  /** What is played, whichever it is. */
  world: PlayWorld | undefined;
  /** The same when there is a server: commands, statistics, messages. */
  client: TerraneClient | undefined;
  /** The same when there is none: the game's own hand in the world. */
  localWorld: LocalWorld | undefined;
  /** The moment of this frame, for `Entity.sample`. */
  shownMs = 0;
  /** Where the own avatar is drawn in this frame; undefined before anything is known of it. */
  own: Sample | undefined;
  private readonly moment = newMoment();

  initialize(): void {
    const other = sessions.get(this.app);
    if (other !== undefined) throw new Error(`there is a terraneSession on ${other.entity.name} already; ${this.entity.name} has a second one`);
    sessions.set(this.app, this);
    this.app.on('frameupdate', this.frame, this);
    this.once('destroy', () => {
      this.app.off('frameupdate', this.frame, this);
      this.stop();
      sessions.delete(this.app);
    });
    if (this.autoStart) this.start();
  }

  /** Leaves what is played, and begins anew as the attributes say now. */
  start(): void {
    this.stop();
    if (this.mode === Mode.ALONE) this.begin((this.localWorld = this.playAlone()));
    else this.begin((this.client = this.connect()) as PlayWorld);
  }

  stop(): void {
    const { world } = this;
    if (world === undefined) return;
    this.world = this.client = this.localWorld = this.own = undefined;
    world.close();
    this.app.fire('terrane:world', undefined);
  }

  private begin(world: PlayWorld): void {
    this.world = world;
    world.on('state', (state, reason, code) => {
      if (this.world === world) this.app.fire('terrane:state', state, reason, code);
    });
    this.app.fire('terrane:world', world);
  }

  private connect(): TerraneClient {
    return connect({
      url: this.url === '' ? socketUrl(location.href) : this.url,
      ...(this.worldName === '' ? {} : { world: this.worldName }),
      ...(this.playerName === '' ? {} : { name: this.playerName }),
      ...(this.token === '' ? { guestUrl: this.guestUrl } : { token: this.token }),
      ...this.options,
    });
  }

  private playAlone(): LocalWorld {
    const avatar = this.local.avatar ?? (this.avatar?.resource as LocalWorldOptions['avatar'] | null);
    if (avatar == null) throw new Error('a terraneSession that is alone needs an own avatar: the attribute avatar, or local.avatar');
    return playAlone({ partition: this.partition, ...this.local, rule: this.local.rule ?? this.fetchRule(), avatar });
  }

  private async fetchRule(): Promise<WasmRule> {
    const url = this.rule?.getFileUrl() ?? this.ruleUrl;
    if (url === '') throw new Error('a terraneSession that is alone needs a movement rule: the attribute rule or ruleUrl, or local.rule');
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return WasmRule.load(await response.arrayBuffer());
  }

  /** First of all in a frame, so that everybody draws the same moment whatever the order of scripts is. */
  private frame(): void {
    const { world } = this;
    if (world === undefined) return;
    this.shownMs = world.renderTimeMs();
    this.own = world.sampleSelf(this.moment) ?? this.told(world);
    this.app.fire('terrane:frame', this);
  }

  /** The own avatar as the server has told of it, where nothing is predicted. */
  private told(world: PlayWorld): Sample | undefined {
    return world.self && world.entities.get(world.self.avatar)?.sample(this.shownMs, this.moment);
  }
}
