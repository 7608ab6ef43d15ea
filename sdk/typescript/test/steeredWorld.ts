import type { Correction, Fields, Input, Sample } from '../src/api.js';
import { ServerClock } from '../src/clock.js';
import { parsePartition } from '../src/partition.js';
import { Playback } from '../src/playback.js';
import { Steering } from '../src/steering.js';
import type { RuleField } from '../src/wasmRule.js';
import { JitteryLink, type LinkSpec } from './jitteryLink.js';

export const TICK_MS = 50;
/** Inputs are taken so long before a tick's frame is out. */
const TAKEN_BEFORE_MS = 2;
const TOLD_AFTER_MS = 3;
/** Its only region begins 10^9 m from the world's origin. */
const PARTITION = parsePartition('strip;count=1;width=2000000000;depth=2000000000');
const REGION = { a: 0, b: 0 };
/** Of the one region there is; its own positions are in 32 bits, the world's are not. */
export const ORIGIN_X = PARTITION.originX(REGION);

type State = Readonly<Record<string, Fields>>;

/** Ships of Skirmish, roughly: push, drag, a limit, and a turn that takes its time. In 32 bits, as a module would. */
export const RULE = {
  fields: ['kit.heading.yaw', 'kit.velocity.x', 'kit.velocity.y', 'kit.position.x', 'kit.position.y'].map((name): RuleField => {
    const [, component, field] = /^(.+)\.(.+)$/.exec(name)!;
    return { component: component!, field: field!, kind: 'f32', written: true };
  }),
  place(): void {},
  step<S extends State>(state: S, input: Input, seconds: number): S {
    const [x, y] = [thrust(state, 'x', input.moveX ?? 0, seconds), thrust(state, 'y', input.moveY ?? 0, seconds)];
    const yaw = Number(state['kit.heading']!['yaw']);
    const turn = Math.min(5 * seconds, Math.max(-5 * seconds, (input.aim ?? 0) - yaw));
    return {
      ...state,
      'kit.heading': { yaw: Math.fround(yaw + turn) },
      'kit.velocity': { x, y },
      'kit.position': { x: moved(state, 'x', x, seconds), y: moved(state, 'y', y, seconds) },
    };
  },
};

function thrust(state: State, axis: string, wish: number, seconds: number): number {
  const speed = (Number(state['kit.velocity']![axis]) + wish * 45 * seconds) * (1 - 0.35 * seconds);
  return Math.fround(Math.min(40, Math.max(-40, speed)));
}

function moved(state: State, axis: string, speed: number, seconds: number): number {
  return Math.fround(Number(state['kit.position']![axis]) + speed * seconds);
}

export const AT_REST: State = {
  'kit.heading': { yaw: 0 },
  'kit.velocity': { x: 0, y: 0 },
  'kit.position': { x: 0, y: 0 },
};

interface Sent {
  readonly at: number;
  readonly tick: number;
  readonly input: Input;
}

interface Told {
  readonly at: number;
  tell(): void;
}

/**
 * A server that applies inputs as cells do, a client that is steered, and a link between them. Nothing runs by itself: {@link run} lets time pass.
 */
export class SteeredWorld {
  readonly link: JitteryLink;
  readonly steering: Steering;
  readonly corrections: (Correction & { at: number })[] = [];
  /** When an input came after its tick was over. */
  readonly lateAt: number[] = [];
  now = 0;
  /** What the server does to the avatar beside the rule, if anything. */
  meddle: (state: State, tick: number) => State = (state) => state;
  /** When ticks begin to last longer, in order: from which tick on, and simulated time per real time from then on. */
  readonly paces = [{ fromTick: 0, dueAt: 0, dilation: 1 }];
  /** When the last frame was shown. */
  shown: Sample | undefined;
  /** After which server tick it is. */
  state: State = AT_REST;
  tick = 1;
  private readonly clock = new ServerClock();
  private readonly playback = new Playback();
  private readonly under: Sent[] = [];
  private readonly pings: { at: number; sentAt: number }[] = [];
  private readonly way: Told[] = [];
  private waiting: Sent[] = [];
  private held: Input = {};
  private marginMs = Number.POSITIVE_INFINITY;
  private snapshot = { tick: 0, serverTime: 0, dilation: 1 };

  constructor(
    seed: number,
    spec: LinkSpec,
    read: (now: number) => Input,
    predicted = true,
  ) {
    this.link = new JitteryLink(seed, spec);
    this.steering = new Steering({
      now: () => this.now,
      tickAt: (serverTime) => this.snapshot.tick + ((serverTime - this.snapshot.serverTime) / TICK_MS) * this.snapshot.dilation,
      tickMs: () => TICK_MS / this.snapshot.dilation,
      arrivedMs: (now) => (this.snapshot.tick === 0 ? Number.NaN : this.playback.arrivedMs(now)),
      roundTripMs: () => this.clock.fastestRttMs,
      jitterMs: () => this.clock.jitterMs,
      send: (tick, input) => {
        this.under.push({ at: this.link.reachesAt(this.now), tick, input });
        return true;
      },
      steered: () => {},
    });
    if (predicted) this.predict();
    this.steering.start(() => read(this.now));
  }

  /** The rule has come. */
  predict(): void {
    this.steering.predictBy(RULE as never, PARTITION, 1000 / TICK_MS, new Map());
  }

  /** Under time dilation a tick simulates as much as ever and takes longer. */
  dilate(fromTick: number, dilation: number): void {
    this.paces.push({ fromTick, dueAt: this.dueAt(fromTick), dilation });
  }

  private paceAt(tick: number) {
    return this.paces.findLast(({ fromTick }) => fromTick <= tick)!;
  }

  private dueAt(tick: number): number {
    const { fromTick, dueAt, dilation } = this.paceAt(tick);
    return dueAt + ((tick - fromTick) * TICK_MS) / dilation;
  }

  /** One frame of the display. */
  run(frameMs: number): void {
    this.now += frameMs;
    this.serve();
    while (this.way[0] !== undefined && this.way[0].at <= this.now) this.way.shift()!.tell();
    if (this.clock.pingDue(this.now)) this.pings.push({ at: this.link.reachesAt(this.now), sentAt: this.now });
    this.shown = this.steering.sample();
  }

  private serve(): void {
    for (;;) {
      const ping = this.pings[0];
      const due = this.dueAt(this.tick);
      if (ping !== undefined && ping.at <= Math.min(this.now, due)) {
        this.pings.shift();
        this.say(ping.at, () => this.clock.pong(ping.sentAt, this.link.serverTime(ping.at), this.now));
      } else if (due <= this.now) this.simulate(due);
      else return;
    }
  }

  private simulate(at: number): void {
    while (this.under[0] !== undefined && this.under[0].at <= at - TAKEN_BEFORE_MS) this.receive(this.under.shift()!);
    const due = this.waiting.filter((each) => each.tick <= this.tick);
    this.waiting = this.waiting.filter((each) => each.tick > this.tick);
    this.held = due.at(-1)?.input ?? this.held;
    this.state = this.meddle(RULE.step(this.state, this.held, TICK_MS / 1000), this.tick);
    const { tick, state } = this;
    const margin = tick % 10 === 0 && Number.isFinite(this.marginMs) ? this.marginMs : undefined;
    if (margin !== undefined) this.marginMs = Number.POSITIVE_INFINITY;
    const { dilation } = this.paceAt(tick);
    this.say(at + TOLD_AFTER_MS, () => this.hear({ tick, serverTime: this.link.serverTime(at), dilation }, state, margin));
    this.tick++;
  }

  private receive(sent: Sent): void {
    if (sent.tick < this.tick) this.lateAt.push(sent.at);
    this.marginMs = Math.min(this.marginMs, Math.trunc(this.dueAt(sent.tick) - TAKEN_BEFORE_MS - sent.at));
    this.waiting.push(sent);
  }

  private say(at: number, tell: () => void): void {
    this.way.push({ at: this.link.heardAt(at), tell });
  }

  private hear(snapshot: { tick: number; serverTime: number; dilation: number }, state: State, margin: number | undefined): void {
    this.snapshot = snapshot;
    this.playback.snapshot(snapshot.serverTime, TICK_MS / snapshot.dilation, this.now);
    const correction = this.steering.snapshot(snapshot.tick, state, REGION);
    if (correction !== undefined) this.corrections.push({ ...correction, at: this.now });
    if (margin !== undefined) this.steering.margin(margin);
  }
}
