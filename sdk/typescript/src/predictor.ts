import type { Correction, Fields, Input, Sample } from './api.js';
import { shortestTurn } from './motion.js';
import { openSides, type Partition, type RegionId } from './partition.js';
import type { Solids } from './solids.js';
import type { WasmRule } from './wasmRule.js';

/** Ticks that are kept: 3 s at 20 a second. The avatar stands still when the server has been silent for longer. */
const FRAME_COUNT = 64;
/** What is farther off was no error of prediction: the avatar was put elsewhere. */
const TELEPORT_METRES = 20;
/** An error that is shown falls to a third in so much time. */
const EASE_MS = 100;
/** Below this nobody would call it a correction. */
const CORRECTION_METRES_MIN = 0.01;

type State = Readonly<Record<string, Fields>>;

/** The own avatar after one tick, as far as the client can know. */
interface Frame {
  readonly tick: number;
  readonly input: Input;
  /** After it; unknown before the server has said anything. */
  readonly state: State | undefined;
}

/**
 * Runs the world's movement rule on the own avatar, ahead of the server, and puts it right when the server knows better. docs/NETCODE.md explains it.
 *
 * ```
 *   told by the server         predicted from there
 *   ────────●─────────────┬───────┬───────┬───────┬───────►  ticks
 *           T             T+1     T+2     T+3     last
 *                         └ the inputs of these, once more, whenever T is not what had been predicted
 * ```
 *
 * A difference is not shown as a jump: what is drawn keeps its place, and slides to where it belongs.
 */
export class Predictor {
  private readonly frames = new Array<Frame | undefined>(FRAME_COUNT);
  private readonly seconds: number;
  private base: State | undefined;
  private baseTick = 0;
  /** One tick before {@link base}, from the same origin: where the server is near, what is drawn is not as far as what it has told. */
  private earlier: State | undefined;
  private region: RegionId | undefined;
  private lastTick = 0;
  private lastInput: Input = {};
  private solidsNear: readonly number[] = [];
  private readonly offset = { x: 0, y: 0, z: 0, heading: 0 };
  private offsetAt = 0;

  constructor(
    private readonly rule: Pick<WasmRule, 'fields' | 'place' | 'step'>,
    private readonly partition: Partition,
    simulationHz: number,
    private readonly solids?: Solids,
  ) {
    this.seconds = 1 / simulationHz;
  }

  /** One more tick, with this input. Ticks that were left out since the last one pass with what was held in it. */
  advance(tick: number, input: Input): void {
    if (tick <= this.lastTick || (this.base !== undefined && tick - this.baseTick >= FRAME_COUNT)) return;
    for (let each = Math.max(this.lastTick + 1, tick - FRAME_COUNT); each < tick; each++) this.step(each, held(this.lastInput));
    this.step(tick, input);
    this.lastInput = input;
    this.lastTick = tick;
  }

  /**
   * The server tells what the avatar was after `tick`.
   *
   * @param shownTick the moment that is drawn now: there the difference is measured
   * @returns what had to be corrected, if anything
   */
  reconcile(tick: number, told: State, region: RegionId, shownTick: number, now: number): Correction | undefined {
    const crossed = region.a !== this.region?.a || region.b !== this.region.b;
    const predicted = this.stateAt(tick);
    const right = !crossed && predicted !== undefined && this.same(predicted, told);
    const before = this.base === undefined ? undefined : this.sample(shownTick, now);
    const replayable = this.lastTick - tick < FRAME_COUNT;
    this.earlier = this.leadingTo(told, tick, region);
    this.base = told;
    this.baseTick = tick;
    if (crossed) this.enter(region);
    this.solidsNear = this.solids?.near(region, ...place(told)) ?? [];
    if (right) return undefined;
    if (this.lastTick <= tick || !replayable) this.lastTick = tick;
    else this.replay();
    return before === undefined ? undefined : this.correct(before, shownTick, now);
  }

  /** Where the avatar is drawn at that moment, in ticks; undefined before the server has said anything. */
  sample(shownTick: number, now: number, into?: Sample): Sample | undefined {
    const sample = this.predicted(shownTick, into);
    if (sample === undefined) return undefined;
    const left = Math.exp(-Math.max(0, now - this.offsetAt) / EASE_MS);
    sample.x += this.offset.x * left;
    sample.y += this.offset.y * left;
    sample.z += this.offset.z * left;
    sample.heading += this.offset.heading * left;
    return sample;
  }

  /** After the last tick that was predicted. */
  get state(): State | undefined {
    return this.stateAt(this.lastTick);
  }

  private predicted(shownTick: number, into?: Sample): Sample | undefined {
    const first = this.earlier === undefined ? this.baseTick : this.baseTick - 1;
    const at = Math.min(this.lastTick, Math.max(first, shownTick));
    const before = Math.floor(at);
    const from = this.stateAt(before);
    const to = this.stateAt(Math.min(this.lastTick, before + 1));
    if (from === undefined || to === undefined || this.region === undefined) return undefined;
    const part = at - before;
    const mix = (component: string, field: string) => {
      const start = Number(from[component]?.[field] ?? 0);
      return start + (Number(to[component]?.[field] ?? 0) - start) * part;
    };
    const yaw = Number(from['kit.heading']?.['yaw'] ?? 0);
    const sample = into ?? { x: 0, y: 0, z: 0, heading: 0, extrapolated: false };
    sample.x = this.partition.originX(this.region) + mix('kit.position', 'x');
    sample.y = this.partition.originY(this.region) + mix('kit.position', 'y');
    sample.z = mix('kit.position', 'z');
    sample.heading = yaw + shortestTurn(yaw, Number(to['kit.heading']?.['yaw'] ?? 0)) * part;
    sample.extrapolated = shownTick > this.lastTick;
    return sample;
  }

  private correct(before: Sample, shownTick: number, now: number): Correction | undefined {
    const after = this.predicted(shownTick);
    if (after === undefined) return undefined;
    const x = before.x - after.x;
    const y = before.y - after.y;
    const z = before.z - after.z;
    const metres = Math.sqrt(x * x + y * y + z * z); // hypot differs from engine to engine
    const teleport = metres > TELEPORT_METRES;
    const heading = shortestTurn(after.heading, before.heading);
    Object.assign(this.offset, teleport ? { x: 0, y: 0, z: 0, heading: 0 } : { x, y, z, heading });
    this.offsetAt = now;
    return metres < CORRECTION_METRES_MIN ? undefined : { tick: this.baseTick, metres, teleport };
  }

  private replay(): void {
    let input = this.frames[this.baseTick % FRAME_COUNT]?.input ?? this.lastInput;
    for (let tick = this.baseTick + 1; tick <= this.lastTick; tick++) {
      const frame = this.frames[tick % FRAME_COUNT];
      input = frame?.tick === tick ? frame.input : held(input);
      this.step(tick, input);
    }
  }

  private step(tick: number, input: Input): void {
    const before = this.stateAt(tick - 1);
    const state = before && this.rule.step(before, input, this.seconds, this.solidsNear);
    this.frames[tick % FRAME_COUNT] = { tick, input, state };
  }

  private stateAt(tick: number): State | undefined {
    if (tick === this.baseTick) return this.base;
    if (tick === this.baseTick - 1) return this.earlier;
    const frame = this.frames[tick % FRAME_COUNT];
    return frame?.tick === tick ? frame.state : undefined;
  }

  /** The tick before what is told, as it would have led there; nothing if the avatar was put elsewhere. */
  private leadingTo(told: State, tick: number, region: RegionId): State | undefined {
    const before = this.stateAt(tick - 1);
    if (before === undefined || this.region === undefined) return undefined;
    const [beforeX, beforeY] = place(before);
    const [toldX, toldY] = place(told);
    const predicted = this.stateAt(tick);
    const [expectedX, expectedY] = place(predicted ?? before);
    const originX = this.partition.originX(this.region) - this.partition.originX(region);
    const originY = this.partition.originY(this.region) - this.partition.originY(region);
    const [wrongX, wrongY] = [toldX - (expectedX + originX), toldY - (expectedY + originY)];
    if (Math.sqrt(wrongX * wrongX + wrongY * wrongY) > TELEPORT_METRES) return undefined;
    // What was wrong in this tick is slid to as a whole, and not over what is left of it.
    const x = beforeX + originX + (predicted === undefined ? 0 : wrongX);
    const y = beforeY + originY + (predicted === undefined ? 0 : wrongY);
    return { ...before, 'kit.position': { ...before['kit.position'], x: Math.fround(x), y: Math.fround(y) } };
  }

  private enter(region: RegionId): void {
    this.region = region;
    this.rule.place(openSides(this.partition, region));
  }

  /** To the bit, in all that the rule reads. */
  private same(predicted: State, told: State): boolean {
    return this.rule.fields.every(({ component, field }) => Object.is(predicted[component]?.[field], told[component]?.[field]));
  }
}

/** What goes on in a tick without an input of its own. */
function held(input: Input): Input {
  return input.pressed === undefined ? input : { ...input, pressed: 0 };
}

function place(state: State): [x: number, y: number] {
  const { x, y } = state['kit.position'] ?? {};
  return [Number(x ?? 0), Number(y ?? 0)];
}
