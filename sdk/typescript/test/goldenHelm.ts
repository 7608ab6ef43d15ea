import type { Entity, Fields, Input } from '../src/api.js';
import { ServerClock } from '../src/clock.js';
import { parsePartition, type Partition } from '../src/partition.js';
import { Playback } from '../src/playback.js';
import { Steering } from '../src/steering.js';
import type { WasmRule } from '../src/wasmRule.js';

/** What a client is told or does, in flat values that every language reads alike: one line of the golden run. */
export interface Step {
  readonly do: 'pong' | 'snapshot' | 'margin' | 'reset' | 'frame';
  /** When, by the client's clock. */
  readonly at: number;
  readonly sentAt?: number;
  readonly serverTime?: number;
  readonly tick?: number;
  readonly dilation?: number;
  readonly a?: number;
  readonly b?: number;
  /** Raw bits of the own avatar's fields, in the order of {@link World.fields}. */
  readonly told?: string;
  /** World x, y and radius of each entity in view that is solid. */
  readonly solids?: string;
  readonly millis?: number;
  /** What the player would say, if he is asked in this frame: move x, y, aim, held, pressed. */
  readonly wish?: string;
}

/** What the client makes of a step; what is not there is absent. */
export interface Outcome {
  readonly corrected?: number;
  readonly teleport?: boolean;
  /** For which tick an input was sent, and what it was. */
  readonly sent?: number;
  readonly input?: string;
  /** Raw bits of the state after that tick. */
  readonly predicted?: string;
  readonly x?: number;
  readonly y?: number;
  readonly z?: number;
  readonly heading?: number;
  readonly extrapolated?: boolean;
  readonly drawn?: number;
  readonly reserve?: number;
}

export interface World {
  readonly partition: string;
  readonly hz: number;
  /** What the driver is told: `kit.position.x:f32 …`. */
  readonly fields: string;
}

interface Path {
  readonly component: string;
  readonly field: string;
  readonly kind: string;
}

export function paths(fields: string): Path[] {
  return fields.split(' ').map((text) => {
    const [, component, field, kind] = /^(.+)\.([^.]+):(f32|i32)$/.exec(text)!;
    return { component: component!, field: field!, kind: kind! };
  });
}

const scratch = new DataView(new ArrayBuffer(4));

export function toBits(state: Readonly<Record<string, Fields>>, of: readonly Path[]): string {
  return of
    .map(({ component, field, kind }) => {
      const value = Number(state[component]?.[field] ?? 0);
      if (kind === 'f32') scratch.setFloat32(0, value);
      else scratch.setInt32(0, value);
      return scratch.getUint32(0).toString(16);
    })
    .join(' ');
}

export function fromBits(bits: string, of: readonly Path[]): Record<string, Fields> {
  const state: Record<string, Fields> = {};
  for (const [i, text] of bits.split(' ').entries()) {
    const { component, field, kind } = of[i]!;
    scratch.setUint32(0, Number.parseInt(text, 16));
    (state[component] ??= {})[field] = kind === 'f32' ? scratch.getFloat32(0) : scratch.getInt32(0);
  }
  return state;
}

/** The steering half of a client, without a connection: takes steps, and tells what became of them. */
export class GoldenHelm {
  readonly partition: Partition;
  readonly steering: Steering;
  private readonly paths: readonly Path[];
  private readonly clock = new ServerClock();
  private readonly playback = new Playback();
  private readonly entities = new Map<bigint, Entity>();
  private snapshot = { tick: 0, serverTime: 0, dilation: 1 };
  private now = 0;
  private wish: Input = {};
  private sent: { tick: number; input: Input } | undefined;

  constructor(
    private readonly rule: WasmRule,
    private readonly world: World,
  ) {
    this.partition = parsePartition(world.partition);
    this.paths = paths(world.fields);
    const tickMs = 1000 / world.hz;
    this.steering = new Steering({
      now: () => this.now,
      tickAt: (serverTime) => Math.max(0, this.snapshot.tick + ((serverTime - this.snapshot.serverTime) / 1000) * world.hz * this.snapshot.dilation),
      tickMs: () => tickMs / this.snapshot.dilation,
      arrivedMs: (now) => this.playback.arrivedMs(now),
      roundTripMs: () => this.clock.fastestRttMs,
      jitterMs: () => this.clock.jitterMs,
      send: (tick, input) => {
        this.sent = { tick, input };
        return true;
      },
      steered: () => {},
    });
    this.predict();
    this.steering.start(() => this.wish);
  }

  take(step: Step): Outcome {
    this.now = step.at;
    switch (step.do) {
      case 'pong':
        this.clock.pong(step.sentAt!, step.serverTime!, step.at);
        return {};
      case 'margin':
        this.steering.margin(step.millis!);
        return {};
      case 'reset':
        this.clock.reset();
        this.playback.reset();
        this.steering.reset();
        this.predict();
        return {};
      case 'snapshot':
        return this.hear(step);
      case 'frame':
        return this.frame(step.wish!);
    }
  }

  private predict(): void {
    this.steering.predictBy(this.rule, this.partition, this.world.hz, this.entities);
  }

  private hear(step: Step): Outcome {
    this.snapshot = { tick: step.tick!, serverTime: step.serverTime!, dilation: step.dilation! };
    this.playback.snapshot(step.serverTime!, 1000 / (this.world.hz * step.dilation!), this.now);
    this.see(step.solids!);
    const correction = this.steering.snapshot(step.tick!, fromBits(step.told!, this.paths), { a: step.a!, b: step.b! });
    return correction === undefined ? {} : { corrected: correction.metres, teleport: correction.teleport };
  }

  private see(solids: string): void {
    const { radius, kind, value } = this.rule.solid!;
    this.entities.clear();
    for (const [i, text] of solids.split(';').filter(Boolean).entries()) {
      const [worldX, worldY, size] = text.split(' ').map(Number);
      const components: Record<string, Fields> = {};
      (components[kind.component] ??= {})[kind.field] = value;
      (components[radius.component] ??= {})[radius.field] = size!;
      this.entities.set(BigInt(i), { components, worldX, worldY } as never);
    }
  }

  private sentNow(): { tick: number; input: Input } | undefined {
    return this.sent;
  }

  private frame(wish: string): Outcome {
    const [moveX, moveY, aim, held, pressed] = wish.split(' ').map(Number);
    this.wish = { moveX: moveX!, moveY: moveY!, aim: aim!, held: held!, pressed: pressed! };
    this.sent = undefined;
    const shown = this.steering.sample();
    const sent = this.sentNow();
    const { state } = this.steering;
    return {
      ...(sent === undefined ? {} : { sent: sent.tick, input: inputBits(sent.input) }),
      ...(sent === undefined || state === undefined ? {} : { predicted: toBits(state, this.paths) }),
      ...shown,
      drawn: this.steering.drawnTick,
      reserve: this.steering.lead.reserveMs,
    };
  }
}

function inputBits(input: Input): string {
  const of = paths('i.moveX:f32 i.moveY:f32 i.aim:f32 i.held:i32 i.pressed:i32');
  return toBits({ i: { ...input } as Fields }, of);
}
