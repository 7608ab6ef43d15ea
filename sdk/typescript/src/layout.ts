import type { Fields, FieldValue } from './api.js';
import { type ByteReader, MalformedBytesError } from './bytes.js';
import type { WireField, WireRecord, WireSchema } from './schema.js';

const TEXT_BYTES_MAX = 255;
const ENTITY_FIELD_COUNT_MAX = 62;

/** A value as it is kept: quantised floats as grid index, everything else as it is shown. */
export type RawValue = FieldValue;

/** A public field, ready for decoding. */
export interface LayoutField extends WireField {
  readonly component: string;
  /** For example `kit.position.x`. */
  readonly fullName: string;
}

/** The public fields of entities that have the same components; index = entity field index of docs/PROTOCOL.md. */
export interface EntityLayout {
  readonly mask: bigint;
  readonly fields: readonly LayoutField[];
  /** Also those components whose values all belong to the owner are not here. */
  readonly components: readonly string[];
}

/** A schema made ready for decoding. */
export class WireLayout {
  private readonly layouts = new Map<bigint, EntityLayout>();

  constructor(readonly schema: WireSchema) {}

  entity(mask: bigint): EntityLayout {
    const known = this.layouts.get(mask);
    if (known !== undefined) return known;
    const fields: LayoutField[] = [];
    const components: string[] = [];
    for (const component of this.componentsOf(mask)) {
      const visible = component.fields.filter((field) => !field.ownerOnly);
      if (visible.length === 0) throw new MalformedBytesError(`component ${component.name} has no public fields`);
      components.push(component.name);
      for (const field of visible) {
        fields.push({ ...field, component: component.name, fullName: `${component.name}.${field.name}` });
      }
    }
    if (fields.length > ENTITY_FIELD_COUNT_MAX) throw new MalformedBytesError(`${fields.length} fields are too many`);
    const built: EntityLayout = { mask, fields, components };
    this.layouts.set(mask, built);
    return built;
  }

  /** The components named by a mask, ascending. */
  componentsOf(mask: bigint): WireRecord[] {
    const found: WireRecord[] = [];
    for (let number = 0, rest = mask; rest !== 0n; number++, rest >>= 1n) {
      if ((rest & 1n) === 0n) continue;
      const component = this.schema.components[number];
      if (component === undefined) throw new MalformedBytesError(`component ${number} is unknown`);
      found.push(component);
    }
    return found;
  }

  /** One event; the region that its coordinates are measured from is known from the record around it. */
  readEvent(input: ByteReader): { name: string; fields: Fields } {
    const number = input.u8();
    const event = this.schema.events[number];
    if (event === undefined) throw input.malformed(`event ${number} is unknown`);
    const fields: Fields = {};
    for (const field of event.fields) fields[field.name] = shown(field, readAbsolute(input, field));
    return { name: event.name, fields };
  }
}

export function readAbsolute(input: ByteReader, field: WireField): RawValue {
  switch (field.kind) {
    case 'float':
      return field.step > 0 ? input.varint() : input.f32();
    case 'int':
      return input.varint();
    case 'long':
      return input.varlong();
    case 'boolean':
      return input.bool();
    case 'text':
      return input.text(TEXT_BYTES_MAX);
  }
}

export function readDifference(input: ByteReader, field: WireField, base: RawValue): RawValue {
  if (field.kind === 'int' || (field.kind === 'float' && field.step > 0)) return ((base as number) + input.varint()) | 0;
  if (field.kind === 'long') return BigInt.asIntN(64, (base as bigint) + input.varlong());
  return readAbsolute(input, field);
}

export function readExact(input: ByteReader, field: WireField): FieldValue {
  return field.kind === 'float' ? input.f32() : readAbsolute(input, field);
}

/** From how a value is kept to how it is shown. */
export function shown(field: WireField, raw: RawValue): FieldValue {
  return field.kind === 'float' && field.step > 0 ? (raw as number) * field.step : raw;
}
