/** Cheap value noise; good enough for dirt, clouds and stone. */
export const NOISE = /* glsl */ `
float hash13(vec3 p) {
  p = fract(p * 0.1031);
  p += dot(p, p.zyx + 31.32);
  return fract((p.x + p.y) * p.z);
}
float noise3(vec3 p) {
  vec3 i = floor(p);
  vec3 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  float a = mix(hash13(i), hash13(i + vec3(1.0, 0.0, 0.0)), f.x);
  float b = mix(hash13(i + vec3(0.0, 1.0, 0.0)), hash13(i + vec3(1.0, 1.0, 0.0)), f.x);
  float c = mix(hash13(i + vec3(0.0, 0.0, 1.0)), hash13(i + vec3(1.0, 0.0, 1.0)), f.x);
  float d = mix(hash13(i + vec3(0.0, 1.0, 1.0)), hash13(i + vec3(1.0, 1.0, 1.0)), f.x);
  return mix(mix(a, b, f.y), mix(c, d, f.y), f.z);
}
`;

/** Linear light out: tone mapping and gamma by the camera, or none when post effects do both at the end. */
export const OUTPUT = /* glsl */ `
#include "gammaPS"
#include "tonemappingPS"
void emit(vec3 color, float alpha) {
  gl_FragColor = vec4(gammaCorrectOutput(toneMap(max(color, vec3(0.0)))), alpha);
}
`;

/** What lies far below the plane drowns in the nebula's blue. */
export const DEPTH_MIST = /* glsl */ `
vec3 misted(vec3 color, vec3 world) {
  float deep = clamp(-(world.y + 14.0) / 150.0, 0.0, 1.0);
  return mix(color, vec3(0.012, 0.017, 0.045), deep * 0.9);
}
`;
