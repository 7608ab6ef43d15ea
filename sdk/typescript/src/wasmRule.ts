import type { Fields, Input } from './api.js';

/** A column of a rule's module, and the field of an entity that it stands for. */
export interface RuleField {
  readonly component: string;
  readonly field: string;
  readonly kind: 'f32' | 'i32';
  /** The rule changes it, not only reads it. */
  readonly written: boolean;
}

const SECTION = 'terrane.rule';
const FORMAT = 'format 1';
const SIDE_COUNT_MAX = 8;
const VALUE_BYTES = 4;
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
    return new WasmRule(readFields(new TextDecoder().decode(section)), checked(exports));
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
   */
  step<S extends Readonly<Record<string, Fields>>>(state: S, input: Input, seconds: number): S {
    const { fields, places } = this;
    const controls = input as Readonly<Record<string, number | undefined>>;
    for (let i = 0; i < fields.length; i++) {
      const { component, field, kind } = fields[i]!;
      const value = component === CONTROLS ? controls[field] : state[component]?.[field];
      (kind === 'f32' ? this.floats : this.ints)[places[i]!] = Number(value ?? 0);
    }
    this.exports.step(1, this.sideCount, seconds);
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
  step(count: number, sideCount: number, seconds: number): void;
}

function checked(exports: WebAssembly.Exports): RuleExports {
  for (const name of ['memory', 'columns', 'rows', 'sides', 'step']) {
    if (!(name in exports)) throw new Error(`the module is no movement rule: it exports no ${name}`);
  }
  return exports as unknown as RuleExports;
}

function readFields(section: string): RuleField[] {
  const [format, ...lines] = section.trimEnd().split('\n');
  if (format !== FORMAT) throw new Error(`the movement rule has '${format}'; this client reads '${FORMAT}'`);
  return lines.map((line) => {
    const [, component, field, kind, use] = /^(.+)\.([^.]+) (f32|i32) (in|inout)$/.exec(line) ?? [];
    if (component === undefined || field === undefined) throw new Error(`the movement rule names a field that cannot be read: '${line}'`);
    return { component, field, kind: kind as RuleField['kind'], written: use === 'inout' };
  });
}
