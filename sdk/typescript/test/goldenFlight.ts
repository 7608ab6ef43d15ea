import type { Fields, Input } from '../src/api.js';
import { openSides, parsePartition } from '../src/partition.js';
import type { WasmRule } from '../src/wasmRule.js';
import { fromBits, GoldenHelm, type Outcome, paths, type Step, toBits, type World } from './goldenHelm.js';
import { JitteryLink, type LinkSpec, randoms } from './jitteryLink.js';

const TAKEN_BEFORE_MS = 2;
const TOLD_AFTER_MS = 3;
const FRAME_MS = 37;
const MARGIN_EVERY_TICKS = 10;

/** What Skirmish tells its pilots, as far as flight goes. */
export const WORLD: World = {
  partition: 'hex;columns=2;rows=1;radius=60',
  hz: 20,
  fields:
    'skirmish.craft.kind:i32 skirmish.craft.size:f32 skirmish.vitals.hull:f32 skirmish.pilot.energy:f32 kit.heading.yaw:f32 ' +
    'kit.velocity.x:f32 kit.velocity.y:f32 kit.position.x:f32 kit.position.y:f32 kit.position.z:f32',
};
const PATHS = paths(WORLD.fields);
const PARTITION = parsePartition(WORLD.partition);
const BORN: Record<string, Fields> = {
  'skirmish.craft': { kind: 0, size: 3 },
  'skirmish.vitals': { hull: 100 },
  'skirmish.pilot': { energy: 100 },
  'kit.heading': { yaw: 0 },
  'kit.velocity': { x: 0, y: 0 },
  'kit.position': { x: -20, y: 0, z: 1.5 },
};

/** One connection of the player. */
interface Part {
  readonly seed: number;
  readonly spec: LinkSpec;
  readonly forMs: number;
  /** Simulated time per real time, one after the other for equal shares of it. */
  readonly dilations: readonly number[];
}

interface Sent {
  readonly at: number;
  readonly tick: number;
  readonly input: Input;
}

/** A flight between a client and a server that runs the same module, written down as the steps of the client: over a border, against a rock, pushed, put elsewhere. */
export class GoldenFlight {
  readonly steps: (Step & Outcome)[] = [];
  private readonly helm: GoldenHelm;
  private readonly random = randoms(2026);
  private wish = '0 0 0 0 0';
  private wishUntil = 0;
  private now = 0;
  private tick = 1;
  private due = 0;
  private state = BORN;
  private region = { a: 0, b: 0 };
  private rock = { x: 30, y: 12 };
  private waiting: Sent[] = [];
  private held: Input = {};

  constructor(
    clientRule: WasmRule,
    private readonly serverRule: WasmRule,
  ) {
    this.helm = new GoldenHelm(clientRule, WORLD);
  }

  play(part: Part): void {
    const link = new JitteryLink(part.seed, part.spec);
    const end = this.now + part.forMs;
    const begin = this.now;
    const under: Sent[] = [];
    const heard: Step[] = [];
    let marginMs = Number.POSITIVE_INFINITY;
    let pingAt = this.now;
    this.due = Math.max(this.due, this.now);
    while (this.now < end) {
      this.now += FRAME_MS;
      if (pingAt <= this.now) {
        const { sentAt, serverTime, receivedAt } = link.trip(this.now);
        heard.push({ do: 'pong', at: receivedAt, sentAt, serverTime });
        pingAt += 500;
      }
      while (this.due <= this.now) {
        const dilation = part.dilations[Math.floor(((this.due - begin) / part.forMs) * part.dilations.length)] ?? 1;
        const tickMs = 1000 / WORLD.hz / dilation;
        while (under[0] !== undefined && under[0].at <= this.due - TAKEN_BEFORE_MS) {
          const sent = under.shift()!;
          marginMs = Math.min(marginMs, Math.trunc(this.due + (sent.tick - this.tick) * tickMs - TAKEN_BEFORE_MS - sent.at));
          this.waiting.push(sent);
        }
        this.simulate();
        const at = link.heardAt(this.due + TOLD_AFTER_MS);
        heard.push({ do: 'snapshot', at, tick: this.tick, serverTime: link.serverTime(this.due), dilation, ...this.region, ...this.told() });
        if (this.tick % MARGIN_EVERY_TICKS === 0 && Number.isFinite(marginMs)) {
          heard.push({ do: 'margin', at, millis: marginMs });
          marginMs = Number.POSITIVE_INFINITY;
        }
        this.tick++;
        this.due += tickMs;
      }
      heard.sort((one, other) => one.at - other.at);
      while (heard[0] !== undefined && heard[0].at <= this.now) this.take(heard.shift()!);
      const { sent, input } = this.take({ do: 'frame', at: this.now, wish: this.wanted() });
      if (sent !== undefined) under.push({ at: link.reachesAt(this.now), tick: sent, input: fromInput(input!) });
    }
  }

  /** The connection is made anew: what was under way is lost. */
  reconnect(): void {
    this.waiting = [];
    this.take({ do: 'reset', at: this.now });
  }

  private take(step: Step): Outcome {
    const outcome = this.helm.take(step);
    this.steps.push({ ...step, ...outcome });
    return outcome;
  }

  /** Floats, as every language has them. */
  private wanted(): string {
    if (this.now >= this.wishUntil) {
      this.wishUntil = this.now + 150 + 900 * this.random();
      const share = (of: number) => Math.fround((2 * this.random() - 1) * of);
      this.wish = [share(1.4), share(1.4), share(4), Math.floor(8 * this.random()), Math.floor(4 * this.random())].join(' ');
    }
    return this.wish;
  }

  private simulate(): void {
    const due = this.waiting.filter((each) => each.tick <= this.tick);
    this.waiting = this.waiting.filter((each) => each.tick > this.tick);
    this.held = due.at(-1)?.input ?? { ...this.held, pressed: 0 };
    this.rock = { x: this.rock.x - 0.05, y: this.rock.y + 0.02 };
    this.serverRule.place(openSides(PARTITION, this.region));
    const { x, y } = this.rock;
    const solids = [x - PARTITION.originX(this.region), y - PARTITION.originY(this.region), 8];
    this.state = this.serverRule.step(this.state, this.held, 1 / WORLD.hz, solids);
    if (this.tick === 70) this.put((state) => ({ x: state.x, y: Math.fround(state.y + 2) }));
    if (this.tick === 130) this.put(() => ({ x: 5, y: -30 }));
    this.cross();
  }

  private put(where: (state: { x: number; y: number }) => { x: number; y: number }): void {
    const position = this.state['kit.position'] as { x: number; y: number; z: number };
    this.state = { ...this.state, 'kit.position': { ...position, ...where(position) } };
  }

  private cross(): void {
    const { x, y } = this.state['kit.position'] as { x: number; y: number };
    const [worldX, worldY] = [PARTITION.originX(this.region) + x, PARTITION.originY(this.region) + y];
    const next = PARTITION.regionAt(worldX, worldY);
    if (next.a === this.region.a && next.b === this.region.b) return;
    this.region = next;
    this.put(() => ({ x: Math.fround(worldX - PARTITION.originX(next)), y: Math.fround(worldY - PARTITION.originY(next)) }));
  }

  private told(): { told: string; solids: string } {
    return { told: toBits(this.state, PATHS), solids: `${this.rock.x} ${this.rock.y} 8;900 900 5` };
  }
}

function fromInput(bits: string): Input {
  return fromBits(bits, paths('i.moveX:f32 i.moveY:f32 i.aim:f32 i.held:i32 i.pressed:i32'))['i'] as unknown as Input;
}
