import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../../../protocol/client/src/test/resources/golden/', import.meta.url);

/** The bytes that the Java side wrote, and what they mean; docs/PROTOCOL.md explains them. */
export function golden(name: string): { bytes: Uint8Array; meaning: any } {
  return {
    bytes: new Uint8Array(readFileSync(new URL(`${name}.bin`, folder))),
    meaning: JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')),
  };
}

/** Bytes that this side wrote; with GOLDEN_WRITE=1 in the environment they are written now. */
export function goldenBytes(name: string, fresh: Uint8Array): Buffer {
  const file = new URL(`${name}.bin`, folder);
  if (process.env.GOLDEN_WRITE === '1') writeFileSync(file, fresh);
  return readFileSync(file);
}

/** As the golden files write it: longs as signed texts. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value).toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
