import '@fontsource-variable/exo-2/wght.css';
import './style/base.css';
import './style/start.css';
import './style/hud.css';
import './style/market.css';
import { Game } from './game/game.js';
import { LEVELS } from './game/quality.js';
import { byId } from './hud/dom.js';
import type { MarketListener } from './net/market.js';
import { OnlineSide } from './net/onlineSide.js';
import { SessionLink } from './net/sessionLink.js';
import type { Side } from './net/side.js';
import { Stage } from './scene/stage.js';
import { View } from './scene/view.js';
import { installTestHook } from './testHook.js';

/** `?mode=alone`: without a server. `?dev`: a button for a battle of 500. `?quality=bare|plain|fair|fine|rich`: no automatic choice. */
const query = new URLSearchParams(location.search);

async function chooseSide(): Promise<new (listener: MarketListener) => Side> {
  return query.get('mode') === 'alone' ? (await import('./alone/aloneSide.js')).AloneSide : OnlineSide;
}

async function begin(): Promise<void> {
  const canvas = byId('view', HTMLCanvasElement);
  const [stage, ChosenSide] = await Promise.all([Stage.open(canvas), chooseSide()]);
  const link = new SessionLink(stage.app, (listener) => new ChosenSide(listener));
  const pinned = LEVELS.findIndex((level) => level.name === query.get('quality'));
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const view = new View(stage, calm, pinned >= 0 ? pinned : undefined);
  const game = new Game(link, view, canvas, query.has('dev'));
  installTestHook(game);
  stage.app.on('update', () => game.frame(performance.now()));
}

begin().catch((error: unknown) => {
  console.error(error);
  const overlay = byId('overlay', HTMLElement);
  byId('overlay-title', HTMLElement).textContent = 'No 3D view';
  byId('overlay-reason', HTMLElement).textContent =
    'Skirmish needs WebGL 2, and this browser did not give it. Turn on hardware acceleration or try another browser.';
  overlay.hidden = false;
});
