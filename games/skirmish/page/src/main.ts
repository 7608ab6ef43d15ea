import '@fontsource-variable/exo-2/wght.css';
import './style/base.css';
import './style/start.css';
import './style/hud.css';
import './style/market.css';
import { Game } from './game/game.js';
import { LEVELS } from './game/quality.js';
import { byId } from './hud/dom.js';
import type { WorldLink } from './net/link.js';
import { SdkLink } from './net/sdkLink.js';
import { Stage } from './scene/stage.js';
import { View } from './scene/view.js';
import { installTestHook } from './testHook.js';

/** `?demo`: a made-up world without a server. `?dev`: a button for a battle of 500. `?quality=bare|plain|fair|fine|rich`: no automatic choice. */
const query = new URLSearchParams(location.search);

async function chooseLink(): Promise<WorldLink> {
  if (!query.has('demo')) return new SdkLink();
  const { FakeWorld } = await import('./dev/fakeWorld.js');
  return new FakeWorld();
}

async function begin(): Promise<void> {
  const canvas = byId('view', HTMLCanvasElement);
  const [stage, link] = await Promise.all([Stage.open(canvas), chooseLink()]);
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
