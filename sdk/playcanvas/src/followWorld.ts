import type { PlayWorld } from '@terrane/client/alone';
import type { Script } from 'playcanvas';
import { sessionOf } from './terraneSession.js';

/** Calls `begin` for the world that is played now and for each that comes, and what it returns when that world is left or the script is destroyed. */
export function followWorld(script: Script, begin: (world: PlayWorld) => () => void): void {
  const { app } = script;
  let end: (() => void) | undefined;
  const follow = (world: PlayWorld | undefined): void => {
    end?.();
    end = world && begin(world);
  };
  follow(sessionOf(app)?.world);
  app.on('terrane:world', follow);
  script.once('destroy', () => {
    app.off('terrane:world', follow);
    end?.();
  });
}
