import * as pc from 'playcanvas';
import type { Origin } from '@terrane/playcanvas';
import { glowing, shaderMaterial } from './materials.js';
import { LINE_FRAGMENT, LINE_VERTEX } from './glsl/plane.js';

/** A segment in the plane, world metres. */
export type Segment = readonly [fromX: number, fromY: number, toX: number, toY: number];

export interface LineStyle {
  color: readonly [number, number, number];
  /** Lines fade out so far from the own ship. */
  reachMetres: number;
  halfWidthMetres: number;
  /** The bright middle falls off as exp(−sharpness · metres²). */
  sharpness: number;
  glow: number;
}

/** Glowing lines that lie in the world's plane and stay where they are while the origin floats. */
export class Lines {
  private readonly entity = new pc.Entity();
  private readonly material = glowing(
    shaderMaterial('Lines', { aPosition: pc.SEMANTIC_POSITION, aUv: pc.SEMANTIC_TEXCOORD0 }, LINE_VERTEX, LINE_FRAGMENT),
  );
  private anchorX = 0;
  private anchorY = 0;

  constructor(
    private readonly app: pc.AppBase,
    private readonly style: LineStyle,
  ) {
    this.material.setParameter('uLine', [...style.color, style.reachMetres]);
    this.material.setParameter('uProfile', [style.sharpness, style.glow]);
    app.root.addChild(this.entity);
  }

  /** Replaces all lines; `anchor` is a world point near them. */
  draw(segments: readonly Segment[], anchorX: number, anchorY: number): void {
    if (this.entity.render) this.entity.removeComponent('render');
    this.anchorX = anchorX;
    this.anchorY = anchorY;
    if (segments.length === 0) return;
    const positions: number[] = [];
    const uvs: number[] = [];
    const indices: number[] = [];
    const half = this.style.halfWidthMetres;
    for (const [x0, y0, x1, y1] of segments) {
      const length = Math.hypot(x1 - x0, y1 - y0) || 1;
      const sideX = (-(y1 - y0) / length) * half;
      const sideY = ((x1 - x0) / length) * half;
      const first = positions.length / 3;
      for (const [x, y, side] of [
        [x0, y0, -1],
        [x1, y1, -1],
        [x1, y1, 1],
        [x0, y0, 1],
      ]) {
        positions.push(x + sideX * side - anchorX, 0, -(y + sideY * side - anchorY));
        uvs.push(side, half);
      }
      indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
    }
    const mesh = new pc.Mesh(this.app.graphicsDevice);
    mesh.setPositions(positions);
    mesh.setUvs(0, uvs);
    mesh.setIndices(indices);
    mesh.update();
    const instance = new pc.MeshInstance(mesh, this.material);
    instance.cull = false;
    this.entity.addComponent('render', { meshInstances: [instance], castShadows: false });
  }

  set visible(visible: boolean) {
    this.entity.enabled = visible;
  }

  update(origin: Origin): void {
    this.entity.setLocalPosition(origin.sceneX(this.anchorX), -0.6, origin.sceneZ(this.anchorY));
  }

  /** Moves the anchor in whole steps, so that endless lines seem to stand still. */
  anchorAt(x: number, y: number): void {
    this.anchorX = x;
    this.anchorY = y;
  }
}

/** Each border once, although two regions share it. */
export function borderSegments(outlines: readonly (readonly number[])[]): Segment[] {
  const seen = new Set<string>();
  const segments: Segment[] = [];
  for (const outline of outlines) {
    for (let i = 0; i < outline.length; i += 2) {
      const j = (i + 2) % outline.length;
      const a = `${Math.round(outline[i])},${Math.round(outline[i + 1])}`;
      const b = `${Math.round(outline[j])},${Math.round(outline[j + 1])}`;
      const key = a < b ? `${a};${b}` : `${b};${a}`;
      if (seen.has(key)) continue;
      seen.add(key);
      segments.push([outline[i], outline[i + 1], outline[j], outline[j + 1]]);
    }
  }
  return segments;
}

/** A square grid around 0, cut into cells so that the fade along a line is smooth. */
export function gridSegments(stepMetres: number, cells: number): Segment[] {
  const segments: Segment[] = [];
  const end = cells * stepMetres;
  for (let i = -cells; i <= cells; i++) {
    const at = i * stepMetres;
    segments.push([at, -end, at, end], [-end, at, end, at]);
  }
  return segments;
}
