import { DEPTH_MIST, NOISE, OUTPUT } from './common.js';

/** One instance: where, how turned (quaternion), accent colour and flash, and four numbers that the fragment shader mixes. */
export const CRAFT_VERTEX = /* glsl */ `
attribute vec3 aPosition;
attribute vec3 aNormal;
attribute vec4 aColor;
attribute vec4 aPlace;
attribute vec4 aTurn;
attribute vec4 aTint;
attribute vec4 aLook;
uniform mat4 matrix_viewProjection;
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLocal;
varying vec3 vLocalNormal;
varying vec4 vMask;
varying vec4 vTint;
varying vec4 vLook;
vec3 turned(vec4 q, vec3 v) { return v + 2.0 * cross(q.xyz, cross(q.xyz, v) + q.w * v); }
void main(void) {
  vec3 world = turned(aTurn, aPosition * aPlace.w) + aPlace.xyz;
  vWorld = world;
  vNormal = turned(aTurn, aNormal);
  vLocal = aPosition;
  vLocalNormal = aNormal;
  vMask = aColor;
  vTint = aTint;
  vLook = aLook;
  gl_Position = matrix_viewProjection * vec4(world, 1.0);
}
`;

const VARYINGS = /* glsl */ `
varying vec3 vWorld;
varying vec3 vNormal;
varying vec3 vLocal;
varying vec3 vLocalNormal;
varying vec4 vMask;
varying vec4 vTint;
varying vec4 vLook;
uniform vec3 view_position;
`;

const LIGHTS = /* glsl */ `
uniform vec3 uSun;
uniform vec4 uLamps[4];
uniform vec3 uLampColors[4];
const vec3 SUN = vec3(2.3, 2.02, 1.72);
const vec3 SKY_UP = vec3(0.13, 0.20, 0.34);
const vec3 SKY_DOWN = vec3(0.24, 0.07, 0.22);
vec3 diffuseLight(vec3 n) {
  vec3 light = SUN * max(dot(n, uSun), 0.0);
  light += mix(SKY_DOWN, SKY_UP, n.y * 0.5 + 0.5);
  #ifdef LAMPS
  for (int i = 0; i < 4; i++) {
    vec3 to = uLamps[i].xyz - vWorld;
    float d2 = dot(to, to);
    light += uLampColors[i] * (max(dot(n, to * inversesqrt(d2 + 0.01)), 0.0) / (1.0 + d2 * uLamps[i].w));
  }
  #endif
  return light;
}
`;

/**
 * Painted metal. Vertex colour: x brightness of the plating, y share of the team's paint, z glow of the engine, w gloss.
 * aLook: x thrust, y seed, z damage, w unused.
 */
export const HULL_FRAGMENT = /* glsl */ `
${VARYINGS}
${LIGHTS}
${NOISE}
${DEPTH_MIST}
${OUTPUT}
float seam(vec2 p, vec2 cell) {
  vec2 g = abs(fract(p / cell) - 0.5) * cell;
  vec2 edge = cell * 0.5 - g;
  return smoothstep(0.0, 0.014, min(edge.x, edge.y));
}
void main(void) {
  vec3 n = normalize(vNormal);
  vec3 v = normalize(view_position - vWorld);
  vec3 paint = vTint.rgb;
  vec3 albedo = mix(vec3(0.165, 0.185, 0.225) * vMask.x, paint * 0.34 * (0.25 + vMask.x), vMask.y);
  float grime = 0.0;
  #ifdef DETAIL
  vec3 an = abs(vLocalNormal);
  vec2 skin = an.y > 0.5 ? vLocal.xz : (an.z > an.x ? vLocal.xy : vLocal.zy);
  float plates = seam(skin + vLook.y, vec2(0.29, 0.17)) * 0.55 + 0.45;
  float tone = 0.72 + 0.56 * hash13(vec3(floor((skin + vLook.y) / vec2(0.29, 0.17)), 3.0));
  albedo *= mix(1.0, plates * tone, vMask.w * (1.0 - vMask.y * 0.5));
  grime = noise3(vLocal * 9.0 + vLook.y * 7.0);
  albedo *= 1.0 - vLook.z * 0.75 * smoothstep(0.35, 0.7, grime);
  #endif
  vec3 light = diffuseLight(n);
  vec3 between = normalize(uSun + v);
  float gloss = vMask.w;
  float spec = pow(max(dot(n, between), 0.0), mix(18.0, 70.0, gloss)) * gloss;
  float rim = pow(1.0 - max(dot(n, v), 0.0), 3.0);
  vec3 color = albedo * light + SUN * spec * 0.42 + rim * (vec3(0.10, 0.16, 0.30) + paint * 0.22) * (0.4 + 0.6 * gloss);
  color += mix(paint, vec3(1.0), 0.05 + 0.2 * vLook.x) * vMask.z * (0.35 + 1.1 * vLook.x);
  color += vec3(1.6, 1.9, 2.2) * vTint.w;
  #ifdef DETAIL
  float ember = smoothstep(0.62, 0.75, grime) * vLook.z;
  color += vec3(2.4, 0.55, 0.08) * ember;
  #endif
  emit(misted(color, vWorld), 1.0);
}
`;

/** Stone. Vertex colour: x brightness, y share of the second mineral, z light from within, w how deep in a crater. */
export const ROCK_FRAGMENT = /* glsl */ `
${VARYINGS}
${LIGHTS}
${NOISE}
${DEPTH_MIST}
${OUTPUT}
void main(void) {
  vec3 n = normalize(vNormal);
  vec3 v = normalize(view_position - vWorld);
  vec3 albedo = mix(vec3(0.088, 0.085, 0.095), vec3(0.165, 0.112, 0.082), vMask.y) * (0.45 + 0.9 * vMask.x);
  #ifdef DETAIL
  float grain = noise3(vLocal * 7.0 + vLook.y * 31.0);
  float fine = noise3(vLocal * 23.0 + vLook.y * 17.0);
  albedo *= 0.62 + 0.5 * grain + 0.3 * fine;
  n = normalize(n + (vec3(grain, fine, noise3(vLocal * 15.0)) - 0.5) * 0.42);
  #endif
  vec3 color = albedo * diffuseLight(n) * (1.0 - 0.55 * vMask.w);
  float rim = pow(1.0 - max(dot(n, v), 0.0), 3.5);
  color += rim * vec3(0.10, 0.13, 0.26) * max(0.0, 0.4 + dot(n, uSun));
  color += vTint.rgb * vMask.z * 1.5;
  color += vec3(1.0, 0.9, 0.8) * vTint.w * 0.5;
  emit(misted(color, vWorld), 1.0);
}
`;

/** A shield that was hit. aTint: colour and strength; aLook.xyz: the side that was struck. */
export const SHIELD_FRAGMENT = /* glsl */ `
${VARYINGS}
${OUTPUT}
void main(void) {
  vec3 n = normalize(vNormal);
  vec3 v = normalize(view_position - vWorld);
  float rim = pow(1.0 - abs(dot(n, v)), 2.2);
  float side = dot(n, vLook.xyz);
  float wave = smoothstep(0.16, 0.0, abs(side - (1.0 - (1.0 - vTint.w) * 1.7)));
  float spot = smoothstep(0.45, 1.0, side);
  float s = (rim * 0.22 + spot * spot * 0.85 + wave * (0.16 + 0.4 * rim)) * vTint.w;
  emit(vTint.rgb * s * 1.6, 0.0);
}
`;
