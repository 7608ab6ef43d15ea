import type { Market, MarketListener } from './market.js';

/** What Skirmish's `craft.kind` numbers mean, in their order. */
export const KINDS = ['ship', 'drone', 'asteroid', 'bolt', 'wreck'] as const;
export type Kind = (typeof KINDS)[number];

/** Full values by kind: the server keeps maxima to itself, they never change. */
export const VITALS_MAX: Record<'ship' | 'drone', Vitals> = {
  ship: { shield: 100, armor: 80, hull: 120 },
  drone: { shield: 30, armor: 20, hull: 40 },
};

export interface Vitals {
  shield: number;
  armor: number;
  hull: number;
}

/** One thing in view. The link keeps it up to date; the page only reads. */
export interface Craft {
  readonly id: string;
  kind: Kind;
  variant: number;
  /** Metres from the centre to the rim. */
  size: number;
  name: string;
  vitals: Vitals | undefined;
  score: number;
  kills: number;
  /** Where it is shown in this frame: a moment in the past that two snapshots surround. World metres and radians. */
  x: number;
  y: number;
  z: number;
  yaw: number;
  /** Who simulates it: index of the region in {@link WorldInfo.outlines}, and the layer of a region that is split. */
  region: number;
  layer: number;
}

/** What only the own client is told about the own ship. */
export interface Own {
  id: string | undefined;
  /** Where it is drawn: predicted, ahead of the server's last word. */
  x: number;
  y: number;
  yaw: number;
  velocityX: number;
  velocityY: number;
  energy: number;
  /** Seconds until the next ship; 0 while alive. */
  respawnIn: number;
  /** Bought rounds aboard. */
  rounds: number;
  /** Index of the region that the ship is in; -1: not known. */
  region: number;
}

export function newOwn(): Own {
  return {
    id: undefined,
    x: 0,
    y: 0,
    yaw: 0,
    velocityX: 0,
    velocityY: 0,
    energy: 0,
    respawnIn: 0,
    rounds: 0,
    region: -1,
  };
}

/** For the shooter alone, from a server in development: where his target was as he saw it, and where it is. */
export interface Judged {
  type: 'judged';
  target: string;
  seenX: number;
  seenY: number;
  x: number;
  y: number;
  radius: number;
}

export type WorldEvent =
  | Judged
  | { type: 'shot'; shooter: string; x: number; y: number; toX: number; toY: number; weapon: number }
  | { type: 'hit'; target: string; by: string; amount: number; layer: number; x: number; y: number }
  | {
      type: 'destroyed';
      victim: string;
      by: string;
      victimName: string;
      byName: string;
      x: number;
      y: number;
      kind: Kind;
    };

export interface NetStats {
  rttMillis: number;
  /** How far in the past others are drawn, so that two snapshots surround the moment. */
  viewDelayMillis: number;
  tick: number;
  bytesPerSecond: number;
  snapshotsPerSecond: number;
  entities: number;
  /** Simulated seconds per real second: 1 unless the world is overloaded. */
  dilation: number;
  /** What the world leaves out under load: 0 nothing, 1 what nobody misses, 2 half of the news from far away. */
  shed: number;
  /** How often in the last minute the own ship was not where it had been predicted; NaN while it is not predicted. */
  corrections: number;
  /** By how much at most, in that minute. */
  correctionMetresMax: number;
  /** How early inputs come for their tick at least; NaN: not known. */
  inputMarginMillis: number;
  /** `world/a,b#layer` of the cell that simulates the own ship. */
  cell: string;
}

export function newStats(): NetStats {
  return {
    rttMillis: Number.NaN,
    viewDelayMillis: 0,
    tick: 0,
    bytesPerSecond: 0,
    snapshotsPerSecond: 0,
    entities: 0,
    dilation: 1,
    shed: 0,
    corrections: Number.NaN,
    correctionMetresMax: 0,
    inputMarginMillis: Number.NaN,
    cell: '',
  };
}

export interface WorldInfo {
  name: string;
  /** Closed outlines of all regions in world metres, x and y in turn. */
  outlines: readonly (readonly number[])[];
  /** What each region is called, in the order of the outlines. */
  names: readonly string[];
  /** Where each region's station is: its centre, in the order of the outlines. */
  stations: readonly { x: number; y: number }[];
  interestRadius: number;
}

/** How the connection stands. Only `playing` has a world; `elsewhere` is a world of another game. */
export type LinkState =
  | { phase: 'idle' }
  | { phase: 'connecting' }
  | { phase: 'playing' }
  | { phase: 'away'; title: string; reason: string; retryAtMillis: number }
  | { phase: 'refused'; reason: string; advice: 'name' | 'reload' | 'again' | 'elsewhere' };

/** One tick of wishes, as the server wants them. */
export interface PilotInput {
  moveX: number;
  moveY: number;
  aim: number;
  held: number;
  pressed: number;
}

/** Why nobody heard a line. */
export type Unsaid = 'too fast' | 'no line' | 'nobody here';

export interface LinkListener extends MarketListener {
  onState(state: LinkState): void;
  onEvent(event: WorldEvent): void;
  onNotice(text: string): void;
  /** Somebody in sight, or the player, has said something. */
  onSaid(name: string, text: string, own: boolean): void;
  onUnsaid(why: Unsaid): void;
  /** The server's answer to {@link WorldLink.stress}: so many ships came. */
  onBattle(count: number): void;
}

/** The page's only way to a world. */
export interface WorldLink {
  readonly crafts: ReadonlyMap<string, Craft>;
  readonly own: Own;
  readonly stats: NetStats;
  readonly market: Market;
  /** Undefined until the first time in a world. */
  readonly world: WorldInfo | undefined;
  join(name: string, listener: LinkListener): void;
  /** From now on `read` is asked for the wishes of each tick. */
  steer(read: () => PilotInput): void;
  /** Called once a frame, before anything is read. */
  update(nowMillis: number): void;
  /** Draws from now on how the connection does. False: there is none to draw. */
  drawNet(canvas: HTMLCanvasElement): boolean;
  /** Asks for a battle of 500 around the own ship; servers take it in development only. */
  stress(): void;
  /** Says a line to all who see the own ship. */
  say(text: string): void;
}
