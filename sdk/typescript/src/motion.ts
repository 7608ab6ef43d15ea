import type { Sample } from './api.js';

/** Samples kept per entity: at 20 a second, more than a second. */
const SAMPLE_COUNT = 24;

const TURN = 2 * Math.PI;

interface Moment {
  time: number;
  x: number;
  y: number;
  z: number;
  heading: number;
}

/** Where an entity was, in world coordinates over server time; answers for moments between, and a little beyond. */
export class Motion {
  private readonly moments: Moment[] = [];

  /** @param teleportSpeed metres per second: what was faster between two samples was put elsewhere, and was nowhere in between */
  constructor(private readonly teleportSpeed: number) {}

  get newest(): Readonly<Moment> | undefined {
    return this.moments[this.moments.length - 1];
  }

  /** @param heldUntil the entity is known to have stood still from its newest sample until then */
  add(time: number, x: number, y: number, z: number, heading: number, heldUntil = Number.NEGATIVE_INFINITY): void {
    const last = this.newest;
    if (last !== undefined && time <= last.time) {
      Object.assign(last, { x, y, z, heading }); // a newer truth about the same tick
      return;
    }
    if (last !== undefined && heldUntil > last.time && heldUntil < time) this.push({ ...last, time: heldUntil });
    this.push({ time, x, y, z, heading });
  }

  /**
   * @param knownUntil server time of the newest snapshot: until then, no news is standing still
   * @param beyondMsMax how long after `knownUntil` the last movement is continued
   */
  sample(time: number, knownUntil: number, beyondMsMax: number, into: Sample): Sample {
    const { moments } = this;
    const last = moments[moments.length - 1];
    if (last === undefined) return into;
    let after = moments.length - 1;
    while (after > 0 && moments[after - 1]!.time > time) after--;
    const before = moments[Math.max(0, after - 1)]!;
    const next = moments[after]!;
    if (this.jumped(before, next)) {
      return time < next.time ? between(before, before, 0, into) : between(next, next, 0, into, time > Math.max(knownUntil, next.time));
    }
    if (time < last.time) {
      return between(before, next, time <= before.time ? 0 : (time - before.time) / (next.time - before.time), into);
    }
    into.extrapolated = time > Math.max(knownUntil, last.time);
    if (!into.extrapolated || last.time < knownUntil || before === last) {
      return between(last, last, 0, into, into.extrapolated);
    }
    const beyond = Math.min(time - last.time, beyondMsMax);
    return between(before, last, 1 + beyond / (last.time - before.time), into, true);
  }

  private jumped(from: Moment, to: Moment): boolean {
    return Math.hypot(to.x - from.x, to.y - from.y, to.z - from.z) * 1000 > this.teleportSpeed * (to.time - from.time);
  }

  private push(moment: Moment): void {
    if (this.moments.length === SAMPLE_COUNT) this.moments.shift();
    this.moments.push(moment);
  }
}

function between(from: Moment, to: Moment, part: number, into: Sample, extrapolated = false): Sample {
  into.x = from.x + (to.x - from.x) * part;
  into.y = from.y + (to.y - from.y) * part;
  into.z = from.z + (to.z - from.z) * part;
  into.heading = from.heading + shortestTurn(from.heading, to.heading) * part;
  into.extrapolated = extrapolated;
  return into;
}

/** From one angle to another, the short way round: -π to π. */
export function shortestTurn(from: number, to: number): number {
  const turn = (to - from) % TURN;
  return turn > Math.PI ? turn - TURN : turn < -Math.PI ? turn + TURN : turn;
}
