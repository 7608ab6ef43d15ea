import type { Fields, Input } from './api.js';

/** A column of a rule's module, and the field of an entity that it stands for. */
export interface RuleField {
  readonly component: string;
  readonly field: string;
  readonly kind: 'f32' | 'i32';
  /** The rule changes it, not only reads it. */
  readonly written: boolean;
}

/** Entities that are in the way: those with this radius where this field has this value. */
export interface RuleSolid {
  readonly radius: FieldPath;
  readonly kind: FieldPath;
  readonly value: number;
}

export interface FieldPath {
  readonly component: string;
  readonly field: string;
}

const SECTION = 'terrane.rule';
const FORMAT = 'format 1';
const SIDE_COUNT_MAX = 8;
const VALUE_BYTES = 4;
/** Circles that are taken at most; of more, the first. */
export const SOLID_COUNT_MAX = 32;
const SOLID_VALUES = 3;
/** What the driver wants: nobody is told it, for the client knows it first. */
const CONTROLS = 'kit.controls';

/**
 * A world's movement rule, the same module that the server runs (docs/RULES.md): what it makes of a state and an input is what the server makes
 * of them, to the last bit. Knows nothing of the game but what the module says. In pages, workers and Node.
 */
export class WasmRule {
  private readonly floats: Float32Array;
  private readonly ints: Int32Array;
  /** Index of each field's first value, in 4 byte values. */
  private readonly places: readonly number[];
  private sideCount = 0;

  private constructor(
    readonly fields: readonly RuleField[],
    /** What is in the way; undefined: nothing is. */
    readonly solid: RuleSolid | undefined,
    private readonly exports: RuleExports,
  ) {
    this.floats = new Float32Array(exports.memory.buffer);
    this.ints = new Int32Array(exports.memory.buffer);
    this.places = fields.map((_, i) => exports.columns.value / VALUE_BYTES + i * exports.rows.value);
  }

  /** @param module as the server gives it at `/api/v1/worlds/NAME/rule.wasm` */
  static async load(module: BufferSource): Promise<WasmRule> {
    const compiled = await WebAssembly.compile(module);
    const [section] = WebAssembly.Module.customSections(compiled, SECTION);
    if (section === undefined) throw new Error(`the module is no movement rule: it has no section ${SECTION}`);
    const { exports } = await WebAssembly.instantiate(compiled, {});
    const { fields, solid } = readSection(new TextDecoder().decode(section));
    return new WasmRule(fields, solid, checked(exports, solid === undefined ? [] : ['bounce', 'solids']));
  }

  /** Where the entity is from now on: see `openSides`. */
  place(openSides: Float32Array): void {
    if (openSides.length > SIDE_COUNT_MAX * 3) throw new Error(`a rule knows ${SIDE_COUNT_MAX} open sides, not ${openSides.length / 3}`);
    this.floats.set(openSides, this.exports.sides.value / VALUE_BYTES);
    this.sideCount = openSides.length / 3;
  }

  /**
   * The state after so much simulated time with this input held; what came in stays as it was. Fields that the state does not have count as 0.
   *
   * @param state fields by component, for example `Self.components`
   * @param seconds of a tick
   * @param solids x, y and radius of each thing that is near, from the origin of the entity's region
   */
  step<S extends Readonly<Record<string, Fields>>>(state: S, input: Input, seconds: number, solids: readonly number[] = []): S {
    const { fields, places } = this;
    const controls = input as Readonly<Record<string, number | undefined>>;
    for (let i = 0; i < fields.length; i++) {
      const { component, field, kind } = fields[i]!;
      const value = component === CONTROLS ? controls[field] : state[component]?.[field];
      (kind === 'f32' ? this.floats : this.ints)[places[i]!] = Number(value ?? 0);
    }
    this.exports.step(1, this.sideCount, seconds);
    const solidCount = Math.min(SOLID_COUNT_MAX, solids.length / SOLID_VALUES);
    if (solidCount > 0 && this.solid !== undefined) {
      this.floats.set(solids.slice(0, solidCount * SOLID_VALUES), this.exports.solids.value / VALUE_BYTES);
      this.exports.bounce(0, solidCount);
    }
    const after: Record<string, Fields> = { ...state };
    for (let i = 0; i < fields.length; i++) {
      const { component, field, kind, written } = fields[i]!;
      if (!written || state[component]?.[field] === undefined) continue;
      if (after[component] === state[component]) after[component] = { ...state[component] };
      after[component]![field] = (kind === 'f32' ? this.floats : this.ints)[places[i]!]!;
    }
    return after as S;
  }
}

interface RuleExports {
  readonly memory: WebAssembly.Memory;
  readonly columns: WebAssembly.Global;
  readonly rows: WebAssembly.Global;
  readonly sides: WebAssembly.Global;
  readonly solids: WebAssembly.Global;
  step(count: number, sideCount: number, seconds: number): void;
  bounce(row: number, solidCount: number): void;
}

function checked(exports: WebAssembly.Exports, more: readonly string[]): RuleExports {
  for (const name of ['memory', 'columns', 'rows', 'sides', 'step', ...more]) {
    if (!(name in exports)) throw new Error(`the module is no movement rule: it exports no ${name}`);
  }
  return exports as unknown as RuleExports;
}

function readSection(section: string): { fields: RuleField[]; solid: RuleSolid | undefined } {
  const [format, ...lines] = section.trimEnd().split('\n');
  if (format !== FORMAT) throw new Error(`the movement rule has '${format}'; this client reads '${FORMAT}'`);
  const last = /^solid (.+)\.([^.]+) where (.+)\.([^.]+) (-?\d+)$/.exec(lines.at(-1) ?? '');
  return { fields: (last ? lines.slice(0, -1) : lines).map(readField), solid: last ? readSolid(last) : undefined };
}

function readSolid([, component, field, kindComponent, kindField, value]: readonly string[]): RuleSolid {
  const path = (of: string | undefined, name: string | undefined): FieldPath => ({ component: of!, field: name! });
  return { radius: path(component, field), kind: path(kindComponent, kindField), value: Number(value) };
}

function readField(line: string): RuleField {
  const [, component, field, kind, use] = /^(.+)\.([^.]+) (f32|i32) (in|inout)$/.exec(line) ?? [];
  if (component === undefined || field === undefined) throw new Error(`the movement rule names a field that cannot be read: '${line}'`);
  return { component, field, kind: kind as RuleField['kind'], written: use === 'inout' };
}
