import type { Fields } from './api.js';
import type { ByteReader } from './bytes.js';
import { type RawValue, readDifference, readExact, type WireLayout } from './layout.js';
import type { WireField, WireRecord } from './schema.js';

/** Exact values of the own avatar: told whole once, then what differs. */
export class SelfState {
  /** By component; undefined before the first word. A new object whenever something differs. */
  components: Record<string, Fields> | undefined;
  private told: WireRecord[] = [];

  constructor(private readonly layout: WireLayout) {}

  forget(): void {
    this.components = undefined;
  }

  read(input: ByteReader): void {
    this.told = this.layout.componentsOf(input.varulong());
    this.components = this.each((field) => readExact(input, field));
    if (input.remaining > 0) throw input.malformed(`${input.remaining} bytes follow the own avatar's values`);
  }

  change(input: ByteReader): void {
    const before = this.components;
    if (before === undefined) throw input.malformed('the own avatar changes, but was never told');
    let mask = input.varulong();
    this.components = this.each((field, component) => {
      const value = before[component]![field.name]!;
      const differs = (mask & 1n) !== 0n;
      mask >>= 1n;
      return differs ? readExactDifference(input, field, value) : value;
    });
    if (mask !== 0n) throw input.malformed('what differs is of fields that the own avatar does not have');
    if (input.remaining > 0) throw input.malformed(`${input.remaining} bytes follow what differs of the own avatar`);
  }

  private each(value: (field: WireField, component: string) => RawValue): Record<string, Fields> {
    const components: Record<string, Fields> = {};
    for (const { name, fields } of this.told) {
      const values: Fields = {};
      for (const field of fields) values[field.name] = value(field, name);
      components[name] = values;
    }
    return components;
  }
}

const scratch = new DataView(new ArrayBuffer(4));

/** Floats are subtracted as whole numbers, in their 32-bit form. */
function readExactDifference(input: ByteReader, field: WireField, base: RawValue): RawValue {
  if (field.kind !== 'float') return readDifference(input, field, base);
  scratch.setFloat32(0, base as number);
  scratch.setInt32(0, scratch.getInt32(0) + input.varint());
  return scratch.getFloat32(0);
}
