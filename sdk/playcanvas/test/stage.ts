import type { LocalWorldOptions } from '@terrane/client/alone';
import { AppBase, AppOptions, Entity, NullGraphicsDevice, Script, ScriptComponentSystem } from 'playcanvas';
import { TerraneSession } from '../src/index.js';
import { AT_REST, RULE } from '../../typescript/test/steeredWorld.js';

export const FAR = 1e9;
export const STRIP = 'strip;count=1;width=2000000000;depth=2000000000';

/** An application without a screen, whose frames are turned by hand, and a session in it that is alone, 10^9 m out. */
export class TestStage {
  readonly clock = { now: 0 };
  readonly app: AppBase;
  readonly heard: unknown[][] = [];

  constructor() {
    const canvas = { width: 8, height: 8, addEventListener() {}, removeEventListener() {} } as unknown as HTMLCanvasElement;
    const options = new AppOptions();
    options.graphicsDevice = new NullGraphicsDevice(canvas);
    options.componentSystems = [ScriptComponentSystem];
    this.app = new AppBase(canvas);
    this.app.init(options);
    for (const name of ['terrane:state', 'terrane:world', 'terrane:origin']) {
      this.app.on(name, (first: unknown, second: unknown) => this.heard.push([name, first, second]));
    }
    (this.app.systems.script as ScriptComponentSystem & { preloading: boolean }).preloading = false;
  }

  /** Puts an entity with these scripts below the root, or below its parent. */
  put(name: string, ...scripts: (readonly [typeof Script, object?])[]): Entity {
    const entity = new Entity(name, this.app);
    entity.addComponent('script');
    this.app.root.addChild(entity);
    for (const [type, properties] of scripts) entity.script!.create(type as never, { properties: properties ?? {} });
    return entity;
  }

  /** A session without a server. */
  session(local: Partial<LocalWorldOptions> = {}, properties: object = {}): TerraneSession {
    const entity = this.put('session', [
      TerraneSession,
      {
        mode: 'alone',
        local: {
          ...{ partition: STRIP, rule: RULE, now: () => this.clock.now, avatar: { place: { x: FAR }, components: AT_REST } },
          ...local,
        },
        ...properties,
      },
    ]);
    return entity.script!.get<TerraneSession>(TerraneSession)!;
  }

  /** What was promised is kept. */
  static async settled(): Promise<void> {
    for (let i = 0; i < 4; i++) await Promise.resolve();
  }

  run(millis: number, each: () => void = () => {}, frameMs = 8): void {
    for (const end = this.clock.now + millis; this.clock.now < end; ) {
      this.clock.now += frameMs;
      this.app.fire('frameupdate', frameMs);
      this.app.update(frameMs / 1000);
      each();
    }
  }

  close(): void {
    this.app.destroy();
  }
}

