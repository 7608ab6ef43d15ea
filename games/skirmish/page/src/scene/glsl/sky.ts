import { NOISE, OUTPUT } from './common.js';

export const QUAD_VERTEX = /* glsl */ `
attribute vec2 aCorner;
varying vec2 vUv;
void main(void) {
  gl_Position = vec4(aCorner, 0.5, 1.0);
  vUv = aCorner;
}
`;

/** Paints one face of the nebula: clouds folded by clouds, two colours of gas, dark lanes. */
export const NEBULA_FRAGMENT = /* glsl */ `
varying vec2 vUv;
uniform vec3 uFaceX;
uniform vec3 uFaceY;
uniform vec3 uFaceZ;
${NOISE}
float clouds(vec3 p) {
  float sum = 0.0;
  float weight = 0.5;
  for (int i = 0; i < 6; i++) {
    sum += weight * noise3(p);
    p = p * 2.03 + vec3(17.1, 3.7, 9.2);
    weight *= 0.52;
  }
  return sum;
}
void main(void) {
  vec3 d = normalize(uFaceZ + uFaceX * vUv.x + uFaceY * vUv.y);
  vec3 q = d * 1.55 + vec3(3.1, 1.7, 5.3);
  vec3 fold = vec3(clouds(q), clouds(q + 7.7), clouds(q + 13.9)) - 0.5;
  float gas = clouds(q * 1.25 + fold * 2.3);
  float wisps = clouds(q * 2.6 + fold * 3.4 + 21.0);
  float lanes = smoothstep(0.42, 0.66, clouds(q * 2.1 - fold * 2.6 + 41.0));
  float band = exp(-pow(dot(d, normalize(vec3(0.35, 0.62, 0.72))) + fold.x * 0.5, 2.0) * 5.0);
  float teal = smoothstep(0.38, 0.78, gas) * (0.35 + band);
  float rose = smoothstep(0.48, 0.82, wisps) * smoothstep(0.25, 0.7, clouds(q * 0.9 + 61.0)) * (0.25 + band * 0.9);
  vec3 color = vec3(0.006, 0.008, 0.022);
  color += vec3(0.012, 0.070, 0.130) * teal * 2.0;
  color += vec3(0.21, 0.036, 0.150) * rose * 1.35;
  color += vec3(0.30, 0.15, 0.07) * pow(rose * teal, 1.3) * 1.2;
  color *= 1.0 - 0.72 * lanes * smoothstep(0.0, 0.5, teal + rose);
  gl_FragColor = vec4(sqrt(color), 1.0);
}
`;

export const DOME_VERTEX = /* glsl */ `
attribute vec3 aPosition;
uniform mat4 matrix_view;
uniform mat4 matrix_projection;
uniform mat3 uSkyTurn;
varying vec3 vDirection;
void main(void) {
  vDirection = uSkyTurn * aPosition;
  vec4 p = matrix_projection * vec4(mat3(matrix_view) * aPosition * 100.0, 1.0);
  gl_Position = vec4(p.xy, p.w * 0.9999999, p.w);
}
`;

export const DOME_FRAGMENT = /* glsl */ `
varying vec3 vDirection;
uniform samplerCube uNebula;
${OUTPUT}
void main(void) {
  vec3 c = textureCube(uNebula, vDirection).rgb;
  emit(c * c, 1.0);
}
`;

/** A star: a direction, a size in pixels, a colour. Twinkles a little; stays a point at any resolution. */
export const STAR_VERTEX = /* glsl */ `
attribute vec2 aPosition;
attribute vec4 aPlace;
attribute vec4 aTint;
uniform mat4 matrix_view;
uniform mat4 matrix_projection;
uniform mat3 uSkyTurn;
uniform vec4 uScreen;
uniform float uTime;
varying vec2 vUv;
varying vec3 vColor;
void main(void) {
  vec3 direction = aPlace.xyz * uSkyTurn;
  vec4 p = matrix_projection * vec4(mat3(matrix_view) * direction * 100.0, 1.0);
  float size = aPlace.w * uScreen.z;
  vUv = aPosition;
  vColor = aTint.rgb * (0.82 + 0.18 * sin(uTime * (1.0 + aTint.w * 3.0) + aTint.w * 60.0));
  gl_Position = vec4(p.xy / p.w + aPosition * size * uScreen.xy, 0.999999, 1.0);
  if (p.w < 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

export const STAR_FRAGMENT = /* glsl */ `
varying vec2 vUv;
varying vec3 vColor;
${OUTPUT}
void main(void) {
  float r = length(vUv);
  float core = smoothstep(0.45, 0.0, r);
  float halo = max(0.0, 1.0 - r);
  float cross_ = max(0.0, 1.0 - abs(vUv.x) * 9.0) * halo + max(0.0, 1.0 - abs(vUv.y) * 9.0) * halo;
  emit(vColor * (core * core * 1.8 + halo * halo * halo * 0.35 + cross_ * 0.12), 0.0);
}
`;

/** A banded giant far below the plane, lit from the side, with a thin blue air. */
export const PLANET_VERTEX = /* glsl */ `
attribute vec3 aPosition;
uniform mat4 matrix_view;
uniform mat4 matrix_projection;
uniform mat3 uSkyTurn;
uniform vec4 uPlanet;
varying vec3 vNormal;
varying vec3 vToEye;
void main(void) {
  vec3 center = uPlanet.xyz * uSkyTurn;
  vec3 place = center + aPosition * uPlanet.w;
  vNormal = aPosition;
  vToEye = -normalize(place);
  vec4 p = matrix_projection * vec4(mat3(matrix_view) * place * 100.0, 1.0);
  gl_Position = vec4(p.xy, p.w * 0.99999, p.w);
}
`;

export const PLANET_FRAGMENT = /* glsl */ `
varying vec3 vNormal;
varying vec3 vToEye;
uniform float uTime;
uniform vec3 uPlanetSun;
${NOISE}
${OUTPUT}
void main(void) {
  vec3 n = normalize(vNormal);
  vec3 v = normalize(vToEye);
  vec3 axis = normalize(vec3(0.35, 0.85, -0.38));
  float latitude = dot(n, axis);
  float storm = noise3(n * 4.0 + vec3(uTime * 0.004, 0.0, 0.0));
  float swirl = noise3(vec3(n.x * 5.0, latitude * 24.0, n.z * 5.0) + storm * 2.2);
  float bands = noise3(vec3(latitude * 13.0 + storm * 0.5, 2.0, 7.0));
  #ifdef DETAIL
  float fine = 0.6 * noise3(vec3(n.x * 14.0 + storm * 3.0, latitude * 70.0, n.z * 14.0)) + 0.4 * noise3(vec3(n.x * 40.0, latitude * 160.0 + storm * 6.0, n.z * 40.0));
  #else
  float fine = 0.5;
  #endif
  vec3 color = mix(vec3(0.085, 0.15, 0.24), vec3(0.42, 0.37, 0.36), smoothstep(0.2, 0.8, bands * 0.6 + swirl * 0.4));
  color = mix(color, vec3(0.52, 0.30, 0.24), smoothstep(0.62, 0.85, swirl) * 0.45);
  color *= 0.75 + 0.45 * fine;
  float sun = dot(n, uPlanetSun);
  float day = smoothstep(-0.05, 0.95, sun);
  float facing = max(dot(n, v), 0.0);
  float air = pow(1.0 - facing, 3.0);
  vec3 lit = color * day * 0.5 + vec3(0.16, 0.42, 0.85) * air * smoothstep(-0.25, 0.7, sun) * 0.8;
  lit += vec3(0.9, 0.35, 0.14) * smoothstep(0.22, 0.0, abs(sun)) * 0.05 * (1.0 - air);
  emit(lit, 1.0);
}
`;
