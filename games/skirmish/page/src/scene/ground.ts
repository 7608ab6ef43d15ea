import * as pc from 'playcanvas';
import type { WorldInfo } from '../net/link.js';
import type { Origin } from '@terrane/playcanvas';
import { randoms } from '../space/noise.js';
import { DUST_FRAGMENT, DUST_VERTEX } from './glsl/plane.js';
import { Lines, borderSegments, gridSegments } from './lines.js';
import { glowing, shaderMaterial } from './materials.js';

const GRID_METRES = 32;
const GRID_CELLS = 12;
const MOTES = 900;

/** What makes the empty plane readable: a faint grid, the regions' glowing borders, drifting motes. */
export class Ground {
  private readonly grid: Lines;
  private readonly borders: Lines;
  private readonly motes: pc.MeshInstance;

  constructor(private readonly app: pc.AppBase) {
    this.grid = new Lines(app, {
      color: [0.011, 0.022, 0.042],
      reachMetres: 300,
      halfWidthMetres: 0.26,
      sharpness: 60,
      glow: 0.3,
    });
    this.grid.draw(gridSegments(GRID_METRES, GRID_CELLS), 0, 0);
    this.borders = new Lines(app, { color: [0.07, 0.34, 0.52], reachMetres: 520, halfWidthMetres: 5, sharpness: 6, glow: 0.13 });
    this.motes = motes(app.graphicsDevice);
    const entity = new pc.Entity();
    entity.addComponent('render', { meshInstances: [this.motes], castShadows: false });
    app.root.addChild(entity);
  }

  setWorld(world: WorldInfo): void {
    const first = world.outlines[0] ?? [0, 0];
    this.borders.draw(borderSegments(world.outlines), first[0], first[1]);
  }

  setVisible(visible: boolean): void {
    this.grid.visible = this.borders.visible = visible;
  }

  setDensity(share: number): void {
    this.motes.instancingCount = Math.round(MOTES * share);
  }

  /** Velocity in world metres per second: the motes become streaks. */
  update(origin: Origin, velocityX: number, velocityY: number): void {
    this.grid.anchorAt(Math.round(origin.x / GRID_METRES) * GRID_METRES, Math.round(origin.y / GRID_METRES) * GRID_METRES);
    this.grid.update(origin);
    this.borders.update(origin);
    this.app.graphicsDevice.scope.resolve('uDrift').setValue([origin.x, -origin.y, velocityX, -velocityY]);
  }
}

function motes(device: pc.GraphicsDevice): pc.MeshInstance {
  const mesh = new pc.Mesh(device);
  mesh.setVertexStream(pc.SEMANTIC_POSITION, [-1, -1, 1, -1, 1, 1, -1, 1], 2);
  mesh.setIndices([0, 1, 2, 0, 2, 3]);
  mesh.update();
  const random = randoms(77);
  const data = new Float32Array(MOTES * 4);
  for (let i = 0; i < MOTES; i++) {
    data.set([random() * 260, random() * 90, random() * 260, 0.1 + random() * random() * 0.28], i * 4);
  }
  const format = new pc.VertexFormat(device, [{ semantic: pc.SEMANTIC_ATTR10, components: 4, type: pc.TYPE_FLOAT32 }]);
  const attributes = { aPosition: pc.SEMANTIC_POSITION, aPlace: pc.SEMANTIC_ATTR10 };
  const instance = new pc.MeshInstance(mesh, glowing(shaderMaterial('Dust', attributes, DUST_VERTEX, DUST_FRAGMENT)));
  instance.setInstancing(new pc.VertexBuffer(device, format, MOTES, { data: data.buffer }));
  return instance;
}
