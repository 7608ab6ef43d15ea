import type { Correction, Entity, Fields, Input, Sample } from './api.js';
import { asSent } from './asSent.js';
import { Lead } from './lead.js';
import { Predictor } from './predictor.js';
import type { Partition, RegionId } from './partition.js';
import { Solids } from './solids.js';
import type { WasmRule } from './wasmRule.js';

/** How much faster or slower than the server's ticks the own avatar lives while it is not where it should be: after the server's time changed its speed. */
const SPEED_CHANGE_MAX = 0.25;
/** Farther behind than this, it jumps: inputs would be late for long. */
const BEHIND_MS_MAX = 250;
/** Farther ahead than this, it jumps back. Where the server slows down much, it is ahead by much, and does no harm. */
const AHEAD_MS_MAX = 2_000;

/** Inputs that are kept for a rule that comes later. */
const KEPT_INPUTS_MAX = 64;

/** What steering needs of its client. */
export interface Helm {
  now(): number;
  /** The tick, with its fraction, that the server simulates at that time of its clock. */
  tickAt(serverTimeMs: number): number;
  /** Server time that snapshots are expected to have told about by now; NaN before the first. */
  arrivedMs(now: number): number;
  /** The fastest there can be; NaN before it is known. */
  roundTripMs(): number;
  jitterMs(): number;
  /** Real time from one tick to the next. */
  tickMs(): number;
  /** Sends an input for a tick. False: the connection takes none now. @param ahead ticks until what it does is drawn whole */
  send(tick: number, input: Input, ahead: number): boolean;
  /** It was sent, and what it does is predicted. */
  steered(tick: number, input: Input): void;
}

/** Asks for an input for each tick, as long before the tick as the way to the server takes, and shows at once what it will do. */
export class Steering {
  readonly lead = new Lead();
  private predictor: Predictor | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private read: (() => Input) | undefined;
  private shownTick = 0;
  private shownAt = 0;
  private sentTick = 0;
  private settled = false;
  private readonly kept: { tick: number; input: Input }[] = [];

  constructor(private readonly helm: Helm) {}

  /** @param read what the player wants now; called once a tick */
  start(read: () => Input): void {
    this.stop();
    this.read = read;
    this.run();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.read = undefined;
  }

  get steered(): boolean {
    return this.read !== undefined;
  }

  get predicting(): boolean {
    return this.predictor !== undefined;
  }

  /** @param rule undefined: nothing is predicted */
  predictBy(rule: WasmRule | undefined, partition: Partition, simulationHz: number, entities: ReadonlyMap<bigint, Entity>): void {
    this.predictor = undefined;
    if (rule === undefined) return;
    const solids = rule.solid === undefined ? undefined : new Solids(rule.solid, partition, entities);
    this.predictor = new Predictor(rule, partition, simulationHz, solids);
    for (const { tick, input } of this.kept) this.predictor.advance(tick, input); // the server has not answered the last of them
  }

  /** The connection is a new one: what is known of the old one's ways is void. */
  reset(): void {
    this.predictor = undefined;
    this.settled = false;
    this.sentTick = 0;
    this.kept.length = 0;
  }

  snapshot(tick: number, told: Readonly<Record<string, Fields>>, region: RegionId): Correction | undefined {
    const now = this.helm.now();
    return this.predictor?.reconcile(tick, told, region, this.drawnTick, now);
  }

  margin(millis: number): void {
    this.lead.margin(millis, this.helm.roundTripMs(), this.helm.now());
  }

  /** Where the own avatar is drawn now; undefined while nothing is predicted. */
  sample(into?: Sample): Sample | undefined {
    this.pump();
    return this.predictor?.sample(this.drawnTick, this.helm.now(), into);
  }

  /** The tick, with its fraction, as of which the own avatar is drawn. */
  get drawnTick(): number {
    return this.tick(this.helm.now()) - 1;
  }

  get state(): Readonly<Record<string, Fields>> | undefined {
    return this.predictor?.state;
  }

  /** The tick for which to act now: the one before it is what is drawn when it begins. */
  private tick(now: number): number {
    const roundTripMs = this.helm.roundTripMs();
    const arrivedMs = this.helm.arrivedMs(now);
    if (!Number.isFinite(arrivedMs + roundTripMs)) return this.shownTick;
    if (!this.settled) {
      this.lead.reset(this.helm.jitterMs());
      this.settled = true;
      this.shownTick = Number.NaN;
    }
    const goal = this.helm.tickAt(this.lead.serverTimeMs(arrivedMs, roundTripMs, now));
    const tickMs = this.helm.tickMs();
    const passed = Math.max(0, now - this.shownAt) / tickMs;
    const away = goal - this.shownTick - passed;
    if (away * tickMs >= -AHEAD_MS_MAX && away * tickMs <= BEHIND_MS_MAX) {
      this.shownTick += passed + Math.min(SPEED_CHANGE_MAX * passed, Math.max(-SPEED_CHANGE_MAX * passed, away));
    } else this.shownTick = goal;
    this.shownAt = Math.max(this.shownAt, now);
    return this.shownTick;
  }

  private run(): void {
    this.pump();
    const tick = this.tick(this.helm.now());
    const due = Math.floor(tick) + 1 - tick;
    this.timer = setTimeout(() => this.run(), Math.max(1, due * this.helm.tickMs()));
  }

  /** An input for the tick that has begun. Those that were slept through pass with what was held. */
  private pump(): void {
    const tick = Math.floor(this.tick(this.helm.now()));
    if (this.read === undefined || !this.settled || tick <= this.sentTick) return;
    const before = this.sentTick;
    this.sentTick = tick; // who aims asks where the own avatar is, and that must not ask him again
    const input = asSent(this.read());
    if (!this.helm.send(tick, input, tick - this.drawnTick)) {
      this.sentTick = before;
      return;
    }
    if (this.kept.push({ tick, input }) > KEPT_INPUTS_MAX) this.kept.shift();
    this.predictor?.advance(tick, input);
    this.helm.steered(tick, input);
  }
}
