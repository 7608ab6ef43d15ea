import * as pc from 'playcanvas';
import { OUTPUT } from '../scene/glsl/common.js';
import { glowing, shaderMaterial } from '../scene/materials.js';

/** How a sprite is drawn. */
export const GLOW = 0;
export const SPARK = 1;
export const RING = 2;
export const SMOKE = 3;

const STRIDE = 12;

/** aPlace: scene position, radius. aTint: light, cover. aShape: stretch along x, y, z (metres, 0 for a round one), how it is drawn. */
const VERTEX = /* glsl */ `
attribute vec2 aPosition;
attribute vec4 aPlace;
attribute vec4 aTint;
attribute vec4 aShape;
uniform mat4 matrix_viewProjection;
uniform mat4 matrix_view;
uniform vec3 view_position;
varying vec2 vUv;
varying vec4 vTint;
varying float vShape;
void main(void) {
  vUv = aPosition;
  vTint = aTint;
  vShape = aShape.w;
  vec3 right = vec3(matrix_view[0][0], matrix_view[1][0], matrix_view[2][0]);
  vec3 up = vec3(matrix_view[0][1], matrix_view[1][1], matrix_view[2][1]);
  float long_ = length(aShape.xyz);
  vec3 offset;
  if (aShape.w == 2.0) {
    offset = vec3(aPosition.x, 0.0, aPosition.y) * aPlace.w;
  } else if (long_ > 0.001) {
    vec3 along = aShape.xyz / long_;
    vec3 side = normalize(cross(along, view_position - aPlace.xyz));
    offset = along * aPosition.x * (long_ + aPlace.w) + side * aPosition.y * aPlace.w;
  } else {
    offset = (right * aPosition.x + up * aPosition.y) * aPlace.w;
  }
  gl_Position = matrix_viewProjection * vec4(aPlace.xyz + offset, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying vec4 vTint;
varying float vShape;
${OUTPUT}
void main(void) {
  float r = length(vUv);
  float edge = max(0.0, 1.0 - r);
  float s;
  if (vShape < 0.5) s = edge * edge * (0.35 + 1.3 * edge * edge);
  else if (vShape < 1.5) s = edge * edge * edge * 1.2 + smoothstep(0.42, 0.12, r) * 1.6;
  else if (vShape < 2.5) s = pow(smoothstep(0.74, 0.955, r), 3.0) * smoothstep(1.0, 0.965, r);
  else s = smoothstep(1.0, 0.1, r);
  emit(vTint.rgb * s, vTint.a * s);
}
`;

/** All lights without a body, drawn in one call: sparks, fire, rings, bolts, smoke. Filled anew each frame. */
export class Sprites {
  private readonly values: Float32Array;
  private readonly buffer: pc.VertexBuffer;
  private readonly instance: pc.MeshInstance;
  private count = 0;

  constructor(
    app: pc.AppBase,
    private readonly capacity: number,
  ) {
    const device = app.graphicsDevice;
    const mesh = new pc.Mesh(device);
    mesh.setVertexStream(pc.SEMANTIC_POSITION, [-1, -1, 1, -1, 1, 1, -1, 1], 2);
    mesh.setIndices([0, 1, 2, 0, 2, 3]);
    mesh.update();
    const semantics = [pc.SEMANTIC_ATTR10, pc.SEMANTIC_ATTR11, pc.SEMANTIC_ATTR12];
    const format = new pc.VertexFormat(
      device,
      semantics.map((semantic) => ({ semantic, components: 4, type: pc.TYPE_FLOAT32 })),
    );
    this.buffer = new pc.VertexBuffer(device, format, capacity, { usage: pc.BUFFER_DYNAMIC });
    this.values = new Float32Array(this.buffer.lock() as ArrayBuffer);
    const attributes = { aPosition: pc.SEMANTIC_POSITION, aPlace: semantics[0], aTint: semantics[1], aShape: semantics[2] };
    this.instance = new pc.MeshInstance(mesh, glowing(shaderMaterial('Sprites', attributes, VERTEX, FRAGMENT)));
    this.instance.setInstancing(this.buffer);
    const entity = new pc.Entity();
    entity.addComponent('render', { meshInstances: [this.instance], castShadows: false });
    app.root.addChild(entity);
  }

  begin(): void {
    this.count = 0;
  }

  /** Scene position, radius, light (may exceed 1), cover 0 to 1, and a stretch in scene metres. */
  add(
    x: number,
    y: number,
    z: number,
    radius: number,
    color: readonly [number, number, number],
    light: number,
    shape: number,
    cover = 0,
    alongX = 0,
    alongY = 0,
    alongZ = 0,
  ): void {
    if (this.count >= this.capacity) return;
    const v = this.values;
    const i = this.count++ * STRIDE;
    v[i] = x;
    v[i + 1] = y;
    v[i + 2] = z;
    v[i + 3] = radius;
    v[i + 4] = color[0] * light;
    v[i + 5] = color[1] * light;
    v[i + 6] = color[2] * light;
    v[i + 7] = cover;
    v[i + 8] = alongX;
    v[i + 9] = alongY;
    v[i + 10] = alongZ;
    v[i + 11] = shape;
  }

  end(): void {
    this.instance.visible = this.count > 0;
    this.instance.instancingCount = this.count;
    if (this.count > 0) this.buffer.unlock(0, this.count * STRIDE * 4);
  }
}
