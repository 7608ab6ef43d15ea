import type * as pc from 'playcanvas';
import type { Origin } from '@terrane/playcanvas';
import type { Rgb } from '../scene/palette.js';

/** As many as the shaders loop over. */
const LAMPS = 4;

interface Lamp {
  x: number;
  y: number;
  color: Rgb;
  light: number;
  seconds: number;
  age: number;
  reach: number;
}

/** The few lights that blasts and guns throw on what is around them. A stronger one takes the place of the weakest. */
export class Lamps {
  private readonly lamps: Lamp[] = Array.from({ length: LAMPS }, () => ({
    x: 0,
    y: 0,
    color: [0, 0, 0],
    light: 0,
    seconds: 1,
    age: 1,
    reach: 1,
  }));
  private readonly places = new Float32Array(LAMPS * 4);
  private readonly colors = new Float32Array(LAMPS * 3);

  constructor(private readonly device: pc.GraphicsDevice) {}

  flash(x: number, y: number, color: Rgb, light: number, seconds: number, reach: number): void {
    let weakest = this.lamps[0];
    for (const lamp of this.lamps) if (left(lamp) < left(weakest)) weakest = lamp;
    if (left(weakest) < light) Object.assign(weakest, { x, y, color, light, seconds, age: 0, reach });
  }

  update(seconds: number, origin: Origin): void {
    this.lamps.forEach((lamp, i) => {
      lamp.age += seconds;
      const light = left(lamp);
      this.places.set([origin.sceneX(lamp.x), 2.5, origin.sceneZ(lamp.y), 12 / (lamp.reach * lamp.reach)], i * 4);
      this.colors.set([lamp.color[0] * light, lamp.color[1] * light, lamp.color[2] * light], i * 3);
    });
    this.device.scope.resolve('uLamps[0]').setValue(this.places);
    this.device.scope.resolve('uLampColors[0]').setValue(this.colors);
  }
}

function left(lamp: Lamp): number {
  const t = 1 - lamp.age / lamp.seconds;
  return t > 0 ? lamp.light * t * t : 0;
}
