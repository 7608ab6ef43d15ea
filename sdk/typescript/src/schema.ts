import { ByteReader } from './bytes.js';

export type WireKind = 'float' | 'int' | 'long' | 'boolean' | 'text';

export interface WireField {
  readonly name: string;
  readonly kind: WireKind;
  readonly ownerOnly: boolean;
  /** Grid of a quantised float in its own unit, 0 for none. */
  readonly step: number;
}

/** A component or event. */
export interface WireRecord {
  readonly name: string;
  readonly version: number;
  readonly fields: readonly WireField[];
}

export interface WireSchema {
  readonly components: readonly WireRecord[];
  readonly events: readonly WireRecord[];
}

const KINDS: readonly WireKind[] = ['float', 'int', 'long', 'boolean', 'text'];
const FORMAT = 1;
const RECORD_COUNT_MAX = 64;
const FIELD_COUNT_MAX = 64;
const NAME_BYTES_MAX = 64;

/** Reads `Welcome.schema`. */
export function decodeSchema(bytes: Uint8Array): WireSchema {
  const input = new ByteReader(bytes);
  const format = input.u8();
  if (format !== FORMAT) throw input.malformed(`schema format ${format} is unknown; this client reads format ${FORMAT}`);
  const components = readRecords(input);
  const events = readRecords(input);
  if (input.remaining > 0) throw input.malformed(`${input.remaining} bytes follow the schema`);
  return { components, events };
}

function readRecords(input: ByteReader): WireRecord[] {
  return Array.from({ length: input.count(3, RECORD_COUNT_MAX) }, () => ({
    name: input.text(NAME_BYTES_MAX),
    version: input.varuint(),
    fields: Array.from({ length: input.count(7, FIELD_COUNT_MAX) }, () => readField(input)),
  }));
}

function readField(input: ByteReader): WireField {
  const name = input.text(NAME_BYTES_MAX);
  const kind = KINDS[input.u8()];
  if (kind === undefined) throw input.malformed(`the kind of field ${name} is unknown`);
  return { name, kind, ownerOnly: input.bool(), step: input.f32() };
}
