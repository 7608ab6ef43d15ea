const textDecoder = new TextDecoder();

/** Bytes that do not have the form of docs/PROTOCOL.md. */
export class MalformedBytesError extends Error {
  override readonly name = 'MalformedBytesError';
}

/** Reads a range of bytes from front to back and never past its end. */
export class ByteReader {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    public position = 0,
    readonly limit = bytes.length,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.limit - this.position;
  }

  u8(): number {
    const at = this.take(1);
    return this.bytes[at]!;
  }

  bool(): boolean {
    const value = this.u8();
    if (value > 1) throw this.malformed(`a boolean must be 0 or 1, not ${value}`);
    return value === 1;
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  f32(): number {
    return this.view.getFloat32(this.take(4), true);
  }

  varuint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const next = this.u8();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) return value >>> 0;
    }
    throw this.malformed('a varuint is longer than 5 bytes');
  }

  varint(): number {
    const raw = this.varuint();
    return (raw >>> 1) ^ -(raw & 1);
  }

  varulong(): bigint {
    const first = this.bytes[this.position];
    if (first !== undefined && first < 0x80 && this.remaining > 0) return BigInt(this.u8()); // mostly
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const next = this.u8();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return BigInt.asUintN(64, value);
    }
    throw this.malformed('a varulong is longer than 10 bytes');
  }

  varlong(): bigint {
    const raw = this.varulong();
    return BigInt.asIntN(64, (raw >> 1n) ^ -(raw & 1n));
  }

  /** A count of things that take at least `bytesEach` each: refused if they cannot all be in what remains. */
  count(bytesEach: number, max: number): number {
    const value = this.varuint();
    if (value > max || value * bytesEach > this.remaining) {
      throw this.malformed(`a count of ${value} does not fit into ${this.remaining} bytes, or is more than ${max}`);
    }
    return value;
  }

  text(bytesMax: number): string {
    const length = this.count(1, bytesMax);
    const at = this.take(length);
    return textDecoder.decode(this.bytes.subarray(at, at + length));
  }

  /** A reader of the next bytes; this one goes on behind them. */
  slice(length: number): ByteReader {
    const at = this.take(length);
    return new ByteReader(this.bytes, at, at + length);
  }

  malformed(what: string): MalformedBytesError {
    return new MalformedBytesError(`${what} (at byte ${this.position} of ${this.limit})`);
  }

  private take(count: number): number {
    if (count > this.limit - this.position) {
      throw this.malformed(`${count} bytes expected, but only ${this.remaining} remain`);
    }
    const at = this.position;
    this.position += count;
    return at;
  }
}
