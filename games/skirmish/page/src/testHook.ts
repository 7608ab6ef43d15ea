import type { Game } from './game/game.js';
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
  readonly fps: number;
  readonly pilot: {
    /** East and north, each −1 to 1. */
    thrust(x: number, y: number): void;
    /** Looks at this place from now on, wherever the mouse is. */
    aimAt(x: number, y: number): void;
    fire(on: boolean): void;
  };
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
    get fps() {
      return game.meter.fps;
    },
    entities: () =>
      [...game.crafts.values()].map(({ id, kind, name, x, y, region, layer }) => ({ id, kind, name, x, y, region, layer })),
    kills: () => game.kills,
    pilot: {
      thrust: (x, y) => game.pilot.steer('test', x, y),
      aimAt: (x, y) => {
        game.aimPoint = { x, y };
      },
      fire: (on) => (on ? game.pilot.press(FIRE) : game.pilot.release(FIRE)),
    },
  };
}
