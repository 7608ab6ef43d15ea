import { OUTPUT } from './common.js';

/** A line that lies in the plane: `aUv.x` runs across it from −1 to 1, `aUv.y` holds its half width in metres. */
export const LINE_VERTEX = /* glsl */ `
attribute vec3 aPosition;
attribute vec2 aUv;
uniform mat4 matrix_model;
uniform mat4 matrix_viewProjection;
varying vec3 vWorld;
varying vec2 vAcross;
void main(void) {
  vec4 world = matrix_model * vec4(aPosition, 1.0);
  vWorld = world.xyz;
  vAcross = aUv;
  gl_Position = matrix_viewProjection * world;
}
`;

/** uLine: colour and reach in metres; uProfile: how sharp the core is, how much of a glow it has. */
export const LINE_FRAGMENT = /* glsl */ `
varying vec3 vWorld;
varying vec2 vAcross;
uniform vec4 uLine;
uniform vec2 uProfile;
${OUTPUT}
void main(void) {
  float fade = max(0.0, 1.0 - length(vWorld.xz) / uLine.w);
  float d = abs(vAcross.x) * vAcross.y;
  float core = exp(-d * d * uProfile.x);
  float glow = max(0.0, 1.0 - abs(vAcross.x));
  emit(uLine.rgb * (core + glow * glow * uProfile.y) * fade * fade, 0.0);
}
`;

/** Motes that hang still in space, wrapped around the ship, so that speed can be seen. */
export const DUST_VERTEX = /* glsl */ `
attribute vec2 aPosition;
attribute vec4 aPlace;
uniform mat4 matrix_viewProjection;
uniform vec3 view_position;
uniform vec4 uDrift;
varying vec2 vUv;
varying float vLight;
const vec3 BOX = vec3(260.0, 90.0, 260.0);
void main(void) {
  vec3 p = mod(aPlace.xyz - vec3(uDrift.x, 0.0, uDrift.y), BOX) - BOX * 0.5;
  p.y -= 22.0;
  vec3 streak = vec3(-uDrift.z, 0.0, -uDrift.w) * 0.022;
  vec3 toEye = normalize(view_position - p);
  float length_ = length(streak);
  vec3 along = length_ > 0.02 ? streak / length_ : vec3(1.0, 0.0, 0.0);
  vec3 side = normalize(cross(along, toEye));
  float size = aPlace.w;
  vec3 world = p + side * aPosition.y * size + along * aPosition.x * (size + length_ * 0.5);
  float r = length(p.xz) / 130.0;
  vLight = max(0.0, 1.0 - r * r) * smoothstep(18.0, 40.0, distance(view_position, p)) / (1.0 + length_ * 0.35);
  vUv = aPosition;
  gl_Position = matrix_viewProjection * vec4(world, 1.0);
}
`;

export const DUST_FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying float vLight;
${OUTPUT}
void main(void) {
  float r = max(0.0, 1.0 - length(vUv));
  emit(vec3(0.30, 0.42, 0.62) * r * r * vLight * 0.85, 0.0);
}
`;
