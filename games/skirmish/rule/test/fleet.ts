import type { Fields, Input, WasmRule } from '@terrane/client';

const TICKS_PER_SECOND = 20;
const SHIP = 0;
const DRONE = 1;

interface Craft {
  state: Record<string, Fields>;
  input: Required<Input>;
}

/**
 * Crafts that are steered by chance from a seed, and thrown about: the same as FlightGoldenTest's in Java, number by number.
 * Every fourth is a drone, which has no energy.
 */
export class Fleet {
  private readonly crafts: Craft[];
  private seed: number;
  hash = 0;

  constructor(
    private readonly rule: WasmRule,
    seed: number,
    count: number,
  ) {
    this.seed = seed;
    this.crafts = Array.from({ length: count }, (_, i) => newborn(i % 4 === 3 ? DRONE : SHIP));
  }

  tick(): void {
    for (const craft of this.crafts) {
      this.steer(craft);
      const solids = this.inTheWay(craft);
      craft.state = this.rule.step(craft.state, craft.input, 1 / TICKS_PER_SECOND, solids);
    }
    for (const { state } of this.crafts) this.addAll(state);
  }

  private steer(craft: Craft): void {
    const { state } = craft;
    const dice = this.next();
    if ((dice & 31) === 0) {
      craft.input = { moveX: this.share(), moveY: this.share(), aim: Math.fround(this.share() * 1000), held: this.next() & 15, pressed: 0 };
    }
    if ((dice & 1023) === 1) state['skirmish.vitals'] = { hull: state['skirmish.vitals']!.hull === 0 ? 120 : 0 };
    if ((dice & 2047) === 2) {
      state['kit.position'] = { x: Math.fround(this.share() * 320), y: Math.fround(this.share() * 320), z: 0 };
      state['kit.velocity'] = { x: this.share() * 100, y: this.share() * 100 };
      state['kit.heading'] = { yaw: this.share() };
    }
    if ((dice & 8191) === 3) craft.input = { ...craft.input, aim: Number.NaN };
  }

  /** Now and then two rocks. */
  private inTheWay({ state }: Craft): number[] {
    if ((this.next() & 15) !== 4) return [];
    const { x, y } = state['kit.position'] as { x: number; y: number };
    return [0, 1].flatMap(() => [x + this.share() * 16, y + this.share() * 16, 8 + this.share() * 4]);
  }

  private addAll(state: Record<string, Fields>): void {
    this.add(state['skirmish.pilot']?.energy);
    this.add(state['kit.heading']!.yaw);
    this.add(state['kit.velocity']!.x);
    this.add(state['kit.velocity']!.y);
    this.add(state['kit.position']!.x);
    this.add(state['kit.position']!.y);
  }

  private add(value: unknown): void {
    if (value === undefined) return;
    bits.setFloat32(0, value as number);
    this.hash = Math.imul(((this.hash << 5) | (this.hash >>> 27)) ^ bits.getInt32(0), 0x9e3779b1);
  }

  /** -1 to 1 in steps that a float has. */
  private share(): number {
    return ((this.next() >>> 8) - 0x800000) / 0x800000;
  }

  private next(): number {
    this.seed ^= this.seed << 13;
    this.seed ^= this.seed >>> 17;
    this.seed ^= this.seed << 5;
    return this.seed;
  }
}

const bits = new DataView(new ArrayBuffer(4));

function newborn(kind: number): Craft {
  const state: Record<string, Fields> = {
    'kit.position': { x: 0, y: 0, z: 0 },
    'kit.heading': { yaw: 0 },
    'kit.velocity': { x: 0, y: 0 },
    'skirmish.craft': { kind, size: kind === SHIP ? 3 : 2 },
    'skirmish.vitals': { hull: 120 },
  };
  if (kind === SHIP) state['skirmish.pilot'] = { energy: 100 };
  return { state, input: { moveX: 0, moveY: 0, aim: 0, held: 0, pressed: 0 } };
}
