import type { Game } from './game/game.js';
import type { HexState } from './net/market.js';
import { FIRE } from './input/pilot.js';

/** What browser tests may ask and do. World metres; `y` grows to the north. */
export interface SkirmishHook {
  /** `idle`, `connecting`, `playing`, `away` or `refused`. */
  readonly state: string;
  readonly selfId: string | undefined;
  readonly selfPosition: { x: number; y: number };
  entities(): { id: string; kind: string; name: string; x: number; y: number; region: number; layer: number }[];
  /** Destroyed events seen since the page was loaded. */
  kills(): number;
  /** Hits and kills as this page has shown them, the newest last: `hit BY TARGET POINTS`, `destroyed BY VICTIM`. */
  fights(): string[];
  /** What the server calls this pilot, `character:<uuid>`; empty before the first time in a world. */
  readonly clientId: string;
  /** Undefined until the server has told. */
  readonly credits: number | undefined;
  /** Pieces of salvage aboard; undefined until the server has told. */
  readonly cargo: number | undefined;
  readonly rounds: number;
  /** The hex that the ship is in. */
  readonly hex: HexState | undefined;
  /** What was said in the chat lately, `NAME: TEXT`, the newest last. */
  readonly heard: readonly string[];
  /** What the player was told lately, the newest last. */
  readonly said: readonly string[];
  /** The station of the region that the ship is in. */
  readonly station: { x: number; y: number } | undefined;
  readonly fps: number;
  /** Time between the frames of the display, over so many milliseconds from now. */
  frameTimes(millis: number): Promise<FrameTimes>;
  readonly pilot: {
    /** East and north, each −1 to 1. */
    thrust(x: number, y: number): void;
    /** Looks at this place from now on, wherever the mouse is. */
    aimAt(x: number, y: number): void;
    fire(on: boolean): void;
  };
}

export interface FrameTimes {
  count: number;
  p50Millis: number;
  p95Millis: number;
  maxMillis: number;
}

declare global {
  interface Window {
    __skirmish?: SkirmishHook;
  }
}

export function installTestHook(game: Game): void {
  window.__skirmish = {
    get state() {
      return game.state.phase;
    },
    get selfId() {
      return game.link.own.id;
    },
    get selfPosition() {
      return { x: game.link.own.x, y: game.link.own.y };
    },
    get clientId() {
      return game.link.market.clientId;
    },
    get credits() {
      return game.link.market.credits;
    },
    get cargo() {
      return game.link.market.cargo;
    },
    get rounds() {
      return game.link.own.rounds;
    },
    get hex() {
      return game.link.market.hexes[game.link.own.region];
    },
    get said() {
      return game.toasts.said;
    },
    get heard() {
      return game.chat.heard;
    },
    get station() {
      return game.link.world?.stations[game.link.own.region];
    },
    get fps() {
      return game.meter.fps;
    },
    frameTimes,
    entities: () =>
      [...game.crafts.values()].map(({ id, kind, name, x, y, region, layer }) => ({ id, kind, name, x, y, region, layer })),
    kills: () => game.kills,
    fights: () =>
      game.fights.map((each) =>
        each.type === 'hit' ? `hit ${each.by} ${each.target} ${each.amount}` : `destroyed ${each.by} ${each.victim}`,
      ),
    pilot: {
      thrust: (x, y) => game.pilot.steer('test', x, y),
      aimAt: (x, y) => {
        game.aimPoint = { x, y };
      },
      fire: (on) => (on ? game.pilot.press(FIRE) : game.pilot.release(FIRE)),
    },
  };
}

async function frameTimes(millis: number): Promise<FrameTimes> {
  const spans: number[] = [];
  await new Promise<void>((done) => {
    const begun = performance.now();
    let last = begun;
    const frame = (now: number): void => {
      if (last !== begun) spans.push(now - last);
      last = now;
      if (now - begun < millis) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
  spans.sort((a, b) => a - b);
  const at = (share: number): number => spans[Math.min(spans.length - 1, Math.floor(spans.length * share))] ?? 0;
  return { count: spans.length, p50Millis: at(0.5), p95Millis: at(0.95), maxMillis: at(1) };
}
