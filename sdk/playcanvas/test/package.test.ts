import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';

/** What the scripts add to a game that has the engine and the client already. */
const OWN_GZIP_BYTES_MAX = 6 * 1024;
/** Not made small, for the Editor reads its comments. */
const EDITOR_GZIP_BYTES_MAX = 64 * 1024;

const here = fileURLToPath(new URL('..', import.meta.url));
const root = join(here, '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });

let folder: string;
let app: string;
let packed: string;
let files: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'terrane-playcanvas-'));
  const source = join(folder, 'source');
  mkdirSync(source);
  for (const file of ['package.json', 'README.md', 'LICENSE']) cpSync(join(here, file), join(source, file));
  run(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json'), '--outDir', join(source, 'dist')], here);
  await build({ root: here, configFile: join(here, 'vite.editor.config.ts'), logLevel: 'silent', build: { outDir: join(source, 'dist', 'editor') } });
  const [told] = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], source)) as [
    { filename: string; files: { path: string }[] },
  ];
  files = told.files.map(({ path }) => path);
  app = join(folder, 'app');
  packed = join(app, 'node_modules', '@terrane', 'playcanvas');
  mkdirSync(packed, { recursive: true });
  run('tar', ['-xzf', join(folder, told.filename), '-C', packed, '--strip-components=1'], folder);
  symlinkSync(join(root, 'sdk', 'typescript'), join(app, 'node_modules', '@terrane', 'client'), 'junction');
  symlinkSync(join(root, 'node_modules', 'playcanvas'), join(app, 'node_modules', 'playcanvas'), 'junction');
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
}, 90_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function typeErrors(code: string, options: readonly string[]): string {
  writeFileSync(join(app, 'app.ts'), code);
  try {
    run(process.execPath, [tsc, '--noEmit', '--strict', '--target', 'es2022', '--skipLibCheck', ...options, 'app.ts'], app);
    return '';
  } catch (problem) {
    return String((problem as { stdout?: unknown }).stdout ?? problem);
  }
}

test('what is published is the built modules with their types, the file for the Editor, a README and the license', () => {
  const others = files.filter((file) => !/^dist\/\w+\.(js|d\.ts)$/.test(file));
  expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'dist/editor/terrane.mjs', 'package.json']);
  expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']));
  expect(readFileSync(join(packed, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
});

test('it brings neither the engine nor the client along', () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies)).toEqual(['@terrane/client', 'playcanvas']);
});

test('it is a package as publint wants it', async () => {
  const { messages } = await publint({ pkgDir: packed, pack: false });
  expect(messages).toEqual([]);
});

test.each([
  ['bundlers', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ['new Node', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
])('its types resolve as %s resolve them', (_, options) => {
  const code = `import { type AppBase, Entity } from 'playcanvas';
    import { EntitySpawner, sessionOf, TerraneSession } from '@terrane/playcanvas';
    import type { PlayWorld } from '@terrane/client/alone';
    export function begin(app: AppBase): PlayWorld | undefined {
      app.root.addComponent('script');
      app.root.script?.create(TerraneSession, { properties: { mode: 'alone' } });
      const spawner = app.root.script?.get<EntitySpawner>(EntitySpawner);
      if (spawner) spawner.make = (kind, own) => (own ? undefined : new Entity(kind));
      return sessionOf(app)?.world;
    }`;
  expect(typeErrors(code, options)).toBe('');
  expect(typeErrors(code.replace('own ? undefined', "own ? 'none'"), options)).toContain("Type 'string' is not assignable");
}, 60_000);

test('what the documentation shows compiles', () => {
  const page = readFileSync(join(root, 'docs', 'PLAYCANVAS.md'), 'utf8');
  const [first, alone] = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler', '--noUnusedLocals'];
  expect(typeErrors(first!, bundler)).toBe('');
  const session = "import type { TerraneSession } from '@terrane/playcanvas';\ndeclare const session: TerraneSession;\n";
  expect(typeErrors(session + alone!, bundler)).toBe('');
}, 60_000);

test('the scripts add at most 6 KB, packed by gzip', async () => {
  const input = join(app, 'entry.js');
  writeFileSync(input, `import * as scripts from '@terrane/playcanvas'; globalThis.scripts = scripts;`);
  const made = await build({
    ...{ root: app, configFile: false, logLevel: 'silent' },
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input, external: [/^@terrane\/client/, 'playcanvas'] } },
  });
  if (!('output' in made)) throw new Error('there is more than one bundle, or a watcher');
  const { length } = gzipSync(made.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join(''), { level: 9 });
  console.log(`@terrane/playcanvas, bundled and minified, without engine and client: ${length} bytes by gzip, of ${OWN_GZIP_BYTES_MAX}`);
  expect(length).toBeLessThanOrEqual(OWN_GZIP_BYTES_MAX);
}, 30_000);

test('the file for the Editor has all scripts as it finds them, with their attributes', () => {
  const code = readFileSync(join(packed, 'dist', 'editor', 'terrane.mjs'), 'utf8');
  const { length } = gzipSync(code, { level: 9 });
  console.log(`terrane.mjs for the Editor, with the client: ${length} bytes by gzip, of ${EDITOR_GZIP_BYTES_MAX}`);
  expect(length).toBeLessThanOrEqual(EDITOR_GZIP_BYTES_MAX);
  expect(code.match(/^import .*$/gm)).toEqual(['import { Asset, Script } from "playcanvas";']);
  const sources = readdirSync(join(here, 'src')).map((file) => readFileSync(join(here, 'src', file), 'utf8')).join('\n');
  const classes = [...sources.matchAll(/^export class (\w+) extends Script\b/gm)].map(([, name]) => name!);
  expect(classes.length).toBe(7);
  const exported = /^export \{ (.*) \};$/m.exec(code)?.[1]?.split(', ');
  for (const name of classes) {
    expect(code).toMatch(new RegExp(`^class ${name} extends Script \\{`, 'm'));
    expect(exported).toContain(name);
  }
  const attributes = (text: string) => text.match(/@attribute\s*\*\s*@type \{\w+(\[\])?\}/g)?.map((each) => each.replaceAll(/\s+/g, ' ')).toSorted();
  expect(attributes(code)).toEqual(attributes(sources));
});
