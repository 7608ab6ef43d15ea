// Compiles flight.ts to flight.wasm, among the game's resources; with --check it only compares with what is committed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));
const artefact = join(here, '../src/main/resources/dev/terrane/games/skirmish/flight.wasm');
const SECTION = 'terrane.rule';
const FORMAT = 1;

const source = readFileSync(join(here, 'flight.ts'), 'utf8');
const fresh = Buffer.concat([await compile(), section(SECTION, [`format ${FORMAT}`, ...fields(), ...solid()].join('\n') + '\n')]);
if (!process.argv.includes('--check')) {
  writeFileSync(artefact, fresh);
  console.log(`${fresh.length} bytes in ${artefact}`);
} else if (!existsSync(artefact) || !readFileSync(artefact).equals(fresh)) {
  fail(`${artefact} is not what flight.ts compiles to; run "npm run generate" and commit`);
}

/** No imports and one page of memory for good: that is all a movement rule may have. */
async function compile() {
  let binary;
  const { error, stderr } = await asc.main(
    ['flight.ts', '--outFile', 'flight.wasm', '-O3', '--runtime', 'stub', '--initialMemory', '1', '--maximumMemory', '1'],
    {
      readFile: (name) => (name === 'flight.ts' ? source : null),
      writeFile: (name, contents) => void (binary = contents),
      listFiles: () => [],
    },
  );
  const complaints = stderr.toString();
  if (error || complaints) fail(`flight.ts does not compile: ${error?.message ?? 'warnings'}\n${complaints}`);
  return binary;
}

/** What stands behind the columns, in their order: `kit.velocity.x f32 inout`. */
function fields() {
  const found = [...source.matchAll(/^const \w+: usize = columns \+ (\d+) \* COLUMN; \/\/ (\S+ (?:f32|i32) (?:in|inout))$/gm)];
  found.forEach(([line, index], place) => {
    if (Number(index) !== place) fail(`flight.ts: this should be column ${place}: ${line}`);
  });
  return found.map(([, , field]) => field);
}

/** What is in the way of crafts: `solid skirmish.craft.size where skirmish.craft.kind 2`. */
function solid() {
  return [...source.matchAll(/^\/\/ (solid \S+ where \S+ -?\d+)$/gm)].map(([, line]) => line);
}

/** A custom section: 0, its length, the length of its name, its name, the text. */
function section(name, text) {
  const body = Buffer.concat([Buffer.from([name.length]), Buffer.from(name + text)]);
  return Buffer.concat([Buffer.from([0, ...leb128(body.length)]), body]);
}

function leb128(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >> 7)];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
