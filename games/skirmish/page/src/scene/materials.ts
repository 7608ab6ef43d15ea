import * as pc from 'playcanvas';
import { INSTANCE_ATTRIBUTES } from './batch.js';
import { CRAFT_VERTEX, HULL_FRAGMENT, ROCK_FRAGMENT, SHIELD_FRAGMENT } from './glsl/craft.js';

/** A material from two pieces of GLSL. The uniforms come from the device's scope, shared by all. */
export function shaderMaterial(
  name: string,
  attributes: Record<string, string>,
  vertexGLSL: string,
  fragmentGLSL: string,
): pc.ShaderMaterial {
  return new pc.ShaderMaterial({ uniqueName: name, attributes, vertexGLSL, fragmentGLSL });
}

/** Adds light to what is there; alpha 1 instead covers it (premultiplied). */
export function glowing(material: pc.ShaderMaterial): pc.ShaderMaterial {
  material.blendType = pc.BLEND_PREMULTIPLIED;
  material.depthWrite = false;
  material.cull = pc.CULLFACE_NONE;
  material.update();
  return material;
}

/** The materials of everything solid, and the switch for how finely they are drawn. */
export class Materials {
  readonly hull = shaderMaterial('Hull', INSTANCE_ATTRIBUTES, CRAFT_VERTEX, HULL_FRAGMENT);
  readonly rock = shaderMaterial('Rock', INSTANCE_ATTRIBUTES, CRAFT_VERTEX, ROCK_FRAGMENT);
  readonly shield = glowing(shaderMaterial('Shield', INSTANCE_ATTRIBUTES, CRAFT_VERTEX, SHIELD_FRAGMENT));

  setDetail(detail: boolean): void {
    for (const material of [this.hull, this.rock]) {
      material.setDefine('DETAIL', detail);
      material.setDefine('LAMPS', detail);
      material.update();
    }
  }
}
