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
