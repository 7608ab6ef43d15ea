import * as pc from 'playcanvas';
import type { Sketch } from './mesh/sketch.js';

/** Floats of one instance: four vec4, as glsl/craft.ts names them. */
const STRIDE = 16;

export type MeshParts = Pick<Sketch, 'positions' | 'normals' | 'colors' | 'indices'>;

export function meshOf(device: pc.GraphicsDevice, parts: MeshParts): pc.Mesh {
  const mesh = new pc.Mesh(device);
  mesh.setPositions(parts.positions);
  mesh.setNormals(parts.normals);
  mesh.setColors32(parts.colors);
  mesh.setIndices(parts.indices);
  mesh.update(pc.PRIMITIVE_TRIANGLES);
  return mesh;
}

/** Many copies of one mesh in one draw call. Fill it anew each frame: `begin`, `add` …, `end`. */
export class Batch {
  readonly entity: pc.Entity;
  /** The buffer's own memory: write an instance's floats here, from where {@link add} says. */
  readonly values: Float32Array;
  private readonly buffer: pc.VertexBuffer;
  private readonly instance: pc.MeshInstance;
  private count = 0;

  constructor(
    app: pc.AppBase,
    parts: MeshParts,
    material: pc.Material,
    private readonly capacity: number,
  ) {
    const device = app.graphicsDevice;
    const format = new pc.VertexFormat(
      device,
      [pc.SEMANTIC_ATTR10, pc.SEMANTIC_ATTR11, pc.SEMANTIC_ATTR12, pc.SEMANTIC_ATTR13].map((semantic) => ({
        semantic,
        components: 4,
        type: pc.TYPE_FLOAT32,
      })),
    );
    this.buffer = new pc.VertexBuffer(device, format, capacity, { usage: pc.BUFFER_DYNAMIC });
    this.values = new Float32Array(this.buffer.lock() as ArrayBuffer);
    this.instance = new pc.MeshInstance(meshOf(device, parts), material);
    this.instance.setInstancing(this.buffer);
    this.instance.instancingCount = 0;
    this.instance.visible = false;
    this.entity = new pc.Entity();
    this.entity.addComponent('render', { meshInstances: [this.instance], castShadows: false });
    app.root.addChild(this.entity);
  }

  begin(): void {
    this.count = 0;
  }

  /** Reserves an instance and says where its floats start in `values`, or -1 when the batch is full. */
  add(): number {
    return this.count < this.capacity ? this.count++ * STRIDE : -1;
  }

  end(): void {
    this.instance.visible = this.count > 0;
    this.instance.instancingCount = this.count;
    if (this.count > 0) this.buffer.unlock(0, this.count * STRIDE * 4);
  }
}

export const INSTANCE_ATTRIBUTES = {
  aPosition: pc.SEMANTIC_POSITION,
  aNormal: pc.SEMANTIC_NORMAL,
  aColor: pc.SEMANTIC_COLOR,
  aPlace: pc.SEMANTIC_ATTR10,
  aTurn: pc.SEMANTIC_ATTR11,
  aTint: pc.SEMANTIC_ATTR12,
  aLook: pc.SEMANTIC_ATTR13,
};
