import * as pc from 'playcanvas';
import { randoms } from '../space/noise.js';
import { icosphere } from './mesh/rocks.js';
import { SUN } from './stage.js';
import { glowing, shaderMaterial } from './materials.js';
import {
  DOME_FRAGMENT,
  DOME_VERTEX,
  NEBULA_FRAGMENT,
  PLANET_FRAGMENT,
  PLANET_VERTEX,
  QUAD_VERTEX,
  STAR_FRAGMENT,
  STAR_VERTEX,
} from './glsl/sky.js';

const STARS = 1500;
/** The sky turns by one radian when the ship has flown so far: far things pass slowly, but they pass. */
const METRES_PER_RADIAN = 5200;

/** Nebula, stars and a planet: everything at infinity. Painted once on the graphics card at start; nothing is downloaded. */
export class Sky {
  private readonly turn = new Float32Array(9);
  private readonly stars: pc.MeshInstance;
  private readonly giant = shaderMaterial('Planet', { aPosition: pc.SEMANTIC_POSITION }, PLANET_VERTEX, PLANET_FRAGMENT);

  constructor(
    private readonly app: pc.AppBase,
    /** Without a graphics card: coarser in what nobody looks at for long. */
    simple: boolean,
  ) {
    const device = app.graphicsDevice;
    const nebula = paintNebula(device, simple ? 256 : 1024);
    device.scope.resolve('uNebula').setValue(nebula);
    const ball = pc.Mesh.fromGeometry(device, new pc.SphereGeometry({ radius: 1, latitudeBands: 12, longitudeBands: 16 }));
    const dome = shaderMaterial('Dome', { aPosition: pc.SEMANTIC_POSITION }, DOME_VERTEX, DOME_FRAGMENT);
    dome.cull = pc.CULLFACE_NONE;
    dome.depthWrite = false;
    dome.update();
    this.show(new pc.MeshInstance(ball, dome));

    const globe = new pc.Mesh(device);
    const sphere = icosphere(simple ? 3 : 4);
    globe.setPositions(sphere.positions);
    globe.setIndices(sphere.indices);
    globe.update();
    const aside = new pc.Vec3(SUN[0], SUN[1] * 0.15 - 0.1, -0.5).normalize();
    device.scope.resolve('uPlanetSun').setValue([aside.x, aside.y, aside.z]);
    device.scope.resolve('uPlanet').setValue([0.62, -0.86, -0.42, 0.36]);
    this.show(new pc.MeshInstance(globe, this.giant));

    this.stars = starField(device);
    this.show(this.stars);
  }

  setRichness(density: number, detail: boolean): void {
    this.giant.setDefine('DETAIL', detail);
    this.giant.update();
    this.stars.instancingCount = Math.round(STARS * (0.2 + 0.8 * density));
  }

  /** Turns the sky a little with the ship's place in the world. */
  update(worldX: number, worldY: number, seconds: number): void {
    const a = worldX / METRES_PER_RADIAN;
    const b = worldY / METRES_PER_RADIAN;
    const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
    // About the view's depth axis for east, about its x axis for north; column by column.
    this.turn.set([ca, sa * cb, sa * sb, -sa, ca * cb, ca * sb, 0, -sb, cb]);
    const scope = this.app.graphicsDevice.scope;
    scope.resolve('uSkyTurn').setValue(this.turn);
    scope.resolve('uTime').setValue(seconds);
    const device = this.app.graphicsDevice;
    const pixels = Math.max(1, device.height / 900);
    scope.resolve('uScreen').setValue([2 / device.width, 2 / device.height, pixels, 0]);
  }

  private show(instance: pc.MeshInstance): void {
    instance.cull = false;
    const entity = new pc.Entity();
    entity.addComponent('render', { meshInstances: [instance], castShadows: false });
    this.app.root.addChild(entity);
  }
}

function paintNebula(device: pc.GraphicsDevice, size: number): pc.Texture {
  const texture = new pc.Texture(device, {
    name: 'nebula',
    width: size,
    height: size,
    format: pc.PIXELFORMAT_RGBA8,
    cubemap: true,
    mipmaps: false,
    minFilter: pc.FILTER_LINEAR,
    magFilter: pc.FILTER_LINEAR,
    addressU: pc.ADDRESS_CLAMP_TO_EDGE,
    addressV: pc.ADDRESS_CLAMP_TO_EDGE,
  });
  const shader = pc.ShaderUtils.createShader(device, {
    uniqueName: 'Nebula',
    attributes: { aCorner: pc.SEMANTIC_POSITION },
    vertexGLSL: QUAD_VERTEX,
    fragmentGLSL: NEBULA_FRAGMENT,
  });
  // Right, up and forward of each face in the order and handedness of a cube map.
  const faces: number[][][] = [
    [
      [0, 0, -1],
      [0, -1, 0],
      [1, 0, 0],
    ],
    [
      [0, 0, 1],
      [0, -1, 0],
      [-1, 0, 0],
    ],
    [
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ],
    [
      [1, 0, 0],
      [0, 0, -1],
      [0, -1, 0],
    ],
    [
      [1, 0, 0],
      [0, -1, 0],
      [0, 0, 1],
    ],
    [
      [-1, 0, 0],
      [0, -1, 0],
      [0, 0, -1],
    ],
  ];
  faces.forEach(([x, y, z], face) => {
    device.scope.resolve('uFaceX').setValue(x);
    device.scope.resolve('uFaceY').setValue(y);
    device.scope.resolve('uFaceZ').setValue(z);
    const target = new pc.RenderTarget({ colorBuffer: texture, face, depth: false });
    pc.drawQuadWithShader(device, target, shader);
    target.destroy();
  });
  return texture;
}

function starField(device: pc.GraphicsDevice): pc.MeshInstance {
  const mesh = new pc.Mesh(device);
  mesh.setVertexStream(pc.SEMANTIC_POSITION, [-1, -1, 1, -1, 1, 1, -1, 1], 2);
  mesh.setIndices([0, 1, 2, 0, 2, 3]);
  mesh.update();
  const random = randoms(20261);
  const data = new Float32Array(STARS * 8);
  for (let i = 0; i < STARS; i++) {
    const h = random() * 2 - 1;
    const a = random() * 2 * Math.PI;
    const r = Math.sqrt(1 - h * h);
    const brightness = 0.16 + 1.5 * random() ** 9;
    const warmth = random();
    data.set([Math.cos(a) * r, h, Math.sin(a) * r, 1.1 + brightness * 4.2], i * 8);
    data.set([brightness * (0.75 + 0.4 * warmth), brightness * 0.9, brightness * (1.15 - 0.4 * warmth), random()], i * 8 + 4);
  }
  const format = new pc.VertexFormat(device, [
    { semantic: pc.SEMANTIC_ATTR10, components: 4, type: pc.TYPE_FLOAT32 },
    { semantic: pc.SEMANTIC_ATTR11, components: 4, type: pc.TYPE_FLOAT32 },
  ]);
  const buffer = new pc.VertexBuffer(device, format, STARS, { data: data.buffer });
  const attributes = { aPosition: pc.SEMANTIC_POSITION, aPlace: pc.SEMANTIC_ATTR10, aTint: pc.SEMANTIC_ATTR11 };
  const instance = new pc.MeshInstance(mesh, glowing(shaderMaterial('Stars', attributes, STAR_VERTEX, STAR_FRAGMENT)));
  instance.setInstancing(buffer);
  return instance;
}
