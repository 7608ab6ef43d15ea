import * as pc from 'playcanvas';
import type { Origin } from '@terrane/playcanvas';
import { OUTPUT } from '../scene/glsl/common.js';
import { glowing, shaderMaterial } from '../scene/materials.js';

const POINTS = 20;
const TRAILS_MAX = 700;
const SEGMENTS = POINTS - 1;
const VERTEX_FLOATS = 8;
/** A new point each so many seconds. */
const POINT_SECONDS = 0.035;

const VERTEX = /* glsl */ `
attribute vec4 aPosition;
attribute vec4 aColor;
uniform mat4 matrix_viewProjection;
varying float vAcross;
varying vec3 vLight;
void main(void) {
  vAcross = aPosition.w;
  vLight = aColor.rgb;
  gl_Position = matrix_viewProjection * vec4(aPosition.xyz, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
varying float vAcross;
varying vec3 vLight;
${OUTPUT}
void main(void) {
  float d = 1.0 - abs(vAcross);
  emit(vLight * (d * d * 0.8 + d * d * d * d * 0.9), 0.0);
}
`;

/** The path of one engine, in world metres, newest first. */
export class Trail {
  readonly xs = new Float64Array(POINTS);
  readonly ys = new Float64Array(POINTS);
  /** How hard the engine burned there, 0 to 1. */
  readonly burns = new Float32Array(POINTS);
  count = 0;
  private since = POINT_SECONDS;

  /** The engine is now at `(x, y)`. */
  follow(x: number, y: number, burn: number, seconds: number): void {
    this.since += seconds;
    const jumped = this.count > 0 && Math.hypot(x - this.xs[0], y - this.ys[0]) > 40;
    if (jumped) this.count = 0;
    if (this.since >= POINT_SECONDS || this.count < 2) {
      this.since = 0;
      this.xs.copyWithin(1, 0, POINTS - 1);
      this.ys.copyWithin(1, 0, POINTS - 1);
      this.burns.copyWithin(1, 0, POINTS - 1);
      this.count = Math.min(this.count + 1, POINTS);
    }
    this.xs[0] = x;
    this.ys[0] = y;
    this.burns[0] = burn;
  }
}

/** Draws all ribbons in one call. They lie flat in the plane, which is right for a camera from above. Each has room for all its points. */
export class Trails {
  private readonly values: Float32Array;
  private readonly buffer: pc.VertexBuffer;
  private readonly mesh: pc.Mesh;
  private readonly instance: pc.MeshInstance;
  private count = 0;
  private shownPoints = POINTS;

  constructor(app: pc.AppBase) {
    const device = app.graphicsDevice;
    const format = new pc.VertexFormat(device, [
      { semantic: pc.SEMANTIC_POSITION, components: 4, type: pc.TYPE_FLOAT32 },
      { semantic: pc.SEMANTIC_COLOR, components: 4, type: pc.TYPE_FLOAT32 },
    ]);
    this.buffer = new pc.VertexBuffer(device, format, TRAILS_MAX * POINTS * 2, { usage: pc.BUFFER_DYNAMIC });
    this.values = new Float32Array(this.buffer.lock() as ArrayBuffer);
    this.mesh = new pc.Mesh(device);
    this.mesh.vertexBuffer = this.buffer;
    const indices = ribbonIndices();
    this.mesh.indexBuffer[0] = new pc.IndexBuffer(
      device,
      pc.INDEXFORMAT_UINT16,
      indices.length,
      pc.BUFFER_STATIC,
      indices.buffer,
    );
    this.mesh.primitive[0] = { type: pc.PRIMITIVE_TRIANGLES, base: 0, baseVertex: 0, count: 0, indexed: true };
    const attributes = { aPosition: pc.SEMANTIC_POSITION, aColor: pc.SEMANTIC_COLOR };
    this.instance = new pc.MeshInstance(this.mesh, glowing(shaderMaterial('Trails', attributes, VERTEX, FRAGMENT)));
    this.instance.cull = false;
    const entity = new pc.Entity();
    entity.addComponent('render', { meshInstances: [this.instance], castShadows: false });
    app.root.addChild(entity);
  }

  /** Long ribbons of a crowd cover the screen many times over: a machine that cannot afford that draws shorter ones. */
  setRichness(share: number): void {
    this.shownPoints = Math.round(POINTS * (0.35 + 0.65 * share));
  }

  begin(): void {
    this.count = 0;
  }

  /** What does not fit is not shown. */
  add(trail: Trail, origin: Origin, width: number, color: readonly [number, number, number]): void {
    if (trail.count < 2 || this.count >= TRAILS_MAX) return;
    const first = this.count++ * POINTS * 2;
    const count = Math.min(trail.count, this.shownPoints);
    // Points that are not there lie on the last one: nothing is drawn between them.
    for (let i = 0; i < POINTS; i++) this.pair(trail, Math.min(i, count - 1), count, origin, width, color, first + i * 2);
  }

  end(): void {
    this.mesh.primitive[0].count = this.count * SEGMENTS * 6;
    this.instance.visible = this.count > 0;
    if (this.count > 0) this.buffer.unlock(0, this.count * POINTS * 2 * VERTEX_FLOATS * 4);
  }

  /** The two edges of the ribbon at point `i`. */
  private pair(
    trail: Trail,
    i: number,
    count: number,
    origin: Origin,
    width: number,
    color: readonly [number, number, number],
    vertex: number,
  ): void {
    const { xs, ys } = trail;
    const a = Math.max(i - 1, 0);
    const b = Math.min(i + 1, count - 1);
    const dx = xs[a] - xs[b];
    const dy = ys[a] - ys[b];
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    const age = i / (this.shownPoints - 1);
    const half = width * (1 - age * 0.75);
    const light = trail.burns[i] * (1 - age) * (1 - age) * 1.5;
    for (let side = -1; side <= 1; side += 2) {
      const o = (vertex + (side + 1) / 2) * VERTEX_FLOATS;
      this.values[o] = origin.sceneX(xs[i] - (dy / length) * half * side);
      this.values[o + 1] = 0;
      this.values[o + 2] = origin.sceneZ(ys[i] + (dx / length) * half * side);
      this.values[o + 3] = side;
      this.values[o + 4] = color[0] * light;
      this.values[o + 5] = color[1] * light;
      this.values[o + 6] = color[2] * light;
      this.values[o + 7] = 0;
    }
  }
}

/** Two triangles between each two points of a ribbon; none between ribbons. */
function ribbonIndices(): Uint16Array<ArrayBuffer> {
  const indices = new Uint16Array(TRAILS_MAX * SEGMENTS * 6);
  for (let trail = 0; trail < TRAILS_MAX; trail++) {
    for (let s = 0; s < SEGMENTS; s++) {
      const v = (trail * POINTS + s) * 2;
      indices.set([v, v + 1, v + 3, v, v + 3, v + 2], (trail * SEGMENTS + s) * 6);
    }
  }
  return indices;
}
