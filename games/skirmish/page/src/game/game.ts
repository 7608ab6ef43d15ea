import type { Craft, LinkListener, LinkState, Unsaid, WorldEvent, WorldLink } from '../net/link.js';
import { Bars } from '../hud/bars.js';
import { Chat } from '../hud/chat.js';
import { byId, setText } from '../hud/dom.js';
import { DeathScreen } from '../hud/death.js';
import { Feed } from '../hud/feed.js';
import { JudgedRings } from '../hud/judgedRings.js';
import { Labels } from '../hud/labels.js';
import { MarketHud } from '../hud/market.js';
import { Minimap } from '../hud/minimap.js';
import { NetPanel } from '../hud/netPanel.js';
import { Overlay } from '../hud/overlay.js';
import { PaceNotice } from '../hud/pace.js';
import { Signs } from '../hud/signs.js';
import { StressButton } from '../hud/stressButton.js';
import { Toasts } from '../hud/toasts.js';
import { ownerNews } from '../hud/hexPanel.js';
import type { HexOwner, HexState } from '../net/market.js';
import { listenToKeys } from '../input/keyboard.js';
import { Mouse } from '../input/mouse.js';
import { Pilot } from '../input/pilot.js';
import { listenToThumbs } from '../input/touch.js';
import { Formation } from '../scene/formation.js';
import type { View } from '../scene/view.js';
import { StartScreen } from '../start/startScreen.js';
import { FrameMeter } from './frameMeter.js';

const FIGHTS_MAX = 500;
/** Nothing moves farther than this in one frame: after a pause the world goes on, it does not jump. */
const FRAME_SECONDS_MAX = 0.1;

const UNSAID: Record<Unsaid, string> = {
  'too fast': 'Nobody heard that: wait a moment.',
  'no line': 'Nobody heard that: it is too long, or no text.',
  'nobody here': 'Nobody is here to hear you.',
};

/** The page's one conductor: start screen → link → view and HUD, frame by frame. Everything runs on the browser's main thread. */
export class Game implements LinkListener {
  readonly pilot = new Pilot();
  readonly meter = new FrameMeter();
  state: LinkState = { phase: 'idle' };
  kills = 0;
  /** Hits and kills that were shown, the newest last. */
  readonly fights: Exclude<WorldEvent, { type: 'shot' | 'judged' }>[] = [];
  /** A test's aim point in world metres; it wins over the mouse. */
  aimPoint: { x: number; y: number } | undefined;

  private readonly start: StartScreen;
  private readonly hud = byId('hud', HTMLElement);
  private readonly callsign = byId('callsign', HTMLElement);
  private readonly bars = new Bars();
  private readonly feed = new Feed();
  private readonly labels = new Labels();
  private readonly signs: Signs;
  private readonly minimap: Minimap;
  private readonly market: MarketHud;
  private readonly net = new NetPanel();
  private readonly judged = new JudgedRings();
  private readonly pace = new PaceNotice();
  private readonly stress: StressButton | undefined;
  private readonly death = new DeathScreen();
  private readonly overlay = new Overlay();
  readonly toasts = new Toasts();
  readonly chat: Chat;
  private readonly mouse: Mouse;
  private readonly stillLife = new Formation();
  private readonly pending: { event: WorldEvent; dueMillis: number }[] = [];
  private name = '';
  private worldShown: unknown;
  private lastMillis = 0;

  constructor(
    readonly link: WorldLink,
    private readonly view: View,
    canvas: HTMLCanvasElement,
    developing: boolean,
  ) {
    this.signs = new Signs(link.market);
    this.minimap = new Minimap(link.market);
    this.market = new MarketHud(link.market, (text) => this.toasts.show(text));
    view.ownerOf = (region) => link.market.hexes[region]?.owner ?? 'nobody';
    this.start = new StartScreen((name) => this.join(name));
    this.mouse = new Mouse(canvas, this.pilot, (steps) => view.rig.zoom(steps));
    listenToThumbs(canvas, byId('sticks', HTMLElement), this.pilot);
    const playing = (): boolean => this.state.phase === 'playing';
    listenToKeys(this.pilot, playing);
    this.chat = new Chat(playing, (text) => link.say(text));
    if (developing) this.stress = new StressButton(this.hud, () => link.stress());
  }

  join(name: string): void {
    this.name = name;
    setText(this.callsign, name);
    this.link.join(name, this);
    this.link.steer(() => this.pilot.take());
    this.net.drawn = this.link.drawNet(this.net.graphs);
  }

  onState(state: LinkState): void {
    const before = this.state.phase;
    this.state = state;
    this.overlay.show(state, () => this.join(this.name));
    if (state.phase === 'playing') this.enter(before);
    else if (state.phase === 'refused' && state.advice === 'name') this.backToStart(state.reason);
    else if (state.phase === 'idle') this.backToStart('');
    if (state.phase === 'playing') return;
    this.pilot.releaseAll();
    this.chat.close();
  }

  onEvent(event: WorldEvent): void {
    const self = this.link.own.id;
    const mine = self !== undefined && Object.values(event).includes(self);
    // Others are drawn a little in the past; what they do has to wait for their picture. The own ship is drawn as of now.
    this.pending.push({ event, dueMillis: performance.now() + (mine ? 0 : this.link.stats.viewDelayMillis) });
  }

  onNotice(text: string): void {
    this.toasts.show(text);
    this.stress?.refused();
  }

  onSaid(name: string, text: string, own: boolean): void {
    this.chat.add(name, text, own ? 'mine' : 'other');
  }

  onUnsaid(why: Unsaid): void {
    this.chat.add('', UNSAID[why], 'note');
  }

  onBattle(count: number): void {
    this.stress?.answered(count);
  }

  onHexOwner(region: number, hex: HexState, before: HexOwner): void {
    this.toasts.show(ownerNews(`Region ${this.link.world?.names[region] ?? ''}`, hex, before));
  }

  onSalvage(pieces: number): void {
    this.toasts.tally('salvage', pieces);
  }

  get crafts(): ReadonlyMap<string, Craft> {
    return this.link.crafts;
  }

  /** One frame of the display. */
  frame(nowMillis: number): void {
    const elapsed = this.lastMillis === 0 ? 16 : nowMillis - this.lastMillis;
    const seconds = Math.min(elapsed / 1000, FRAME_SECONDS_MAX);
    this.lastMillis = nowMillis;
    this.meter.frame(nowMillis);
    this.overlay.update(this.state, nowMillis);
    const seen = this.link.world !== undefined && this.state.phase !== 'idle';
    if (!seen || this.view.rig.posing) {
      this.view.frame(this.stillLife.crafts, this.stillLife.fly(seconds), seconds, elapsed);
      return;
    }
    this.link.update(nowMillis);
    const { own } = this.link;
    const me = own.id === undefined ? undefined : this.crafts.get(own.id);
    if (me) {
      me.x = own.x;
      me.y = own.y;
      me.yaw = own.yaw;
    }
    this.aim();
    this.playDueEvents(nowMillis);
    const moving = own.respawnIn > 0 ? 0 : 1;
    const focus = { x: own.x, y: own.y, velocityX: own.velocityX * moving, velocityY: own.velocityY * moving };
    this.view.frame(this.crafts, focus, seconds, elapsed);
    this.showHud(me, nowMillis);
  }

  private enter(before: LinkState['phase']): void {
    this.start.hide();
    this.hud.hidden = false;
    document.body.dataset['phase'] = 'play';
    if (this.view.rig.posing) {
      this.view.rig.posing = false;
      this.view.rig.pullBack();
    }
    if (this.link.world && this.worldShown !== this.link.world) {
      this.worldShown = this.link.world;
      this.view.setWorld(this.link.world);
    }
    if (before === 'away') this.toasts.show('Back in the sector');
    byId('view', HTMLCanvasElement).focus({ preventScroll: true });
  }

  private backToStart(reason: string): void {
    this.hud.hidden = true;
    this.labels.clear();
    this.signs.clear();
    document.body.dataset['phase'] = 'start';
    this.view.rig.posing = true;
    if (reason) this.start.complain(reason);
    else this.start.show();
  }

  private aim(): void {
    const { own } = this.link;
    let point = this.aimPoint;
    if (!point && this.mouse.present) point = this.view.planeAt(this.mouse.x, this.mouse.y);
    if (point) this.pilot.aim = Math.atan2(point.y - own.y, point.x - own.x);
    else this.pilot.aimAlong();
  }

  private playDueEvents(nowMillis: number): void {
    for (let i = 0; i < this.pending.length;) {
      if (this.pending[i].dueMillis > nowMillis) i++;
      else this.play(this.pending.splice(i, 1)[0].event, nowMillis);
    }
  }

  private play(event: WorldEvent, nowMillis: number): void {
    if (event.type === 'judged') {
      if (this.net.shown) this.judged.show(event, nowMillis);
      return;
    }
    this.view.play(event, this.crafts);
    if (event.type !== 'shot') this.fights.push(event);
    if (this.fights.length > FIGHTS_MAX) this.fights.shift();
    if (event.type !== 'destroyed') return;
    this.kills++;
    const me = this.link.own.id;
    if (event.kind === 'ship' || event.by === me || event.victim === me) {
      this.feed.add(event.byName, event.victimName, event.victim === me ? 'loss' : event.by === me ? 'mine' : 'other');
    }
    if (event.victim === me) this.death.killedBy(event.byName);
  }

  private showHud(me: Craft | undefined, nowMillis: number): void {
    const { link } = this;
    const { own } = link;
    this.bars.update(me, link.own);
    this.death.update(link.own.respawnIn);
    this.labels.richness = this.view.richness;
    this.labels.update(this.crafts, link.own.id, own.x, own.y, (craft, into) => this.view.toScreen(craft, into));
    if (link.world) this.signs.update(link.world, own.x, own.y, (place, into) => this.view.toScreen(place, into));
    this.judged.update(nowMillis, (place, into) => this.view.toScreen(place, into));
    if (link.world) this.minimap.update(link.world, this.crafts, link.own.id, own.x, own.y, own.yaw, nowMillis);
    if (link.world) this.market.update(link.world, me, own, own.x, own.y, nowMillis);
    this.pace.update(link.stats.dilation, link.stats.shed, nowMillis);
    this.net.update(link.stats, this.meter.fps, this.view.quality, nowMillis);
  }
}
