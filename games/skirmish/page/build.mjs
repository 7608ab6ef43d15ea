/**
 * What Maven runs for the page.
 *
 *   build  installs npm packages if the lock file is newer than what is installed; builds SDK, PlayCanvas scripts, page and the SDK's
 *          canvas example if a source changed since the last time; lays the result out as target/classes/web (page) and web/canvas (example)
 *   test   lint and unit tests of all npm workspaces
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR_MIN = 20;
const page = dirname(fileURLToPath(import.meta.url));
const root = join(page, '..', '..', '..');
const sdk = join(root, 'sdk', 'typescript');
const playcanvas = join(root, 'sdk', 'playcanvas');
const rule = join(root, 'games', 'skirmish', 'src', 'main', 'resources', 'dev', 'terrane', 'games', 'skirmish', 'flight.wasm');
const example = join(sdk, 'example');
const web = join(page, 'target', 'classes', 'web');
const stamp = join(page, 'dist', '.stamp');
const NOT_SOURCES = new Set(['node_modules', 'dist', 'target', 'test', '.stamp']);

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN) {
  fail(`The page of Skirmish needs Node.js ${NODE_MAJOR_MIN} or newer; this is ${process.versions.node}.`);
}

switch (process.argv[2]) {
  case 'build':
    install();
    build();
    break;
  case 'test':
    npm('run', 'lint', '--workspaces', '--if-present');
    npm('run', 'test', '--workspaces', '--if-present');
    break;
  default:
    fail('usage: build.mjs build|test');
}

function install() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  console.log('page: installing npm packages');
  // The SDK builds itself when it is installed, which is done below anyway.
  npm('ci', '--ignore-scripts');
}

function build() {
  const sources = fingerprint();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
    console.log('page: building');
    npm('run', 'build', '-w', '@terrane/client');
    npm('run', 'build', '-w', '@terrane/playcanvas');
    npm('run', 'build', '-w', '@terrane/skirmish-page');
    if (existsSync(join(example, 'package.json'))) npm('run', 'build', '-w', readJson(join(example, 'package.json')).name);
    writeFileSync(stamp, sources);
  } else if (existsSync(join(web, 'index.html')) && statSync(join(web, 'index.html')).mtimeMs >= statSync(stamp).mtimeMs) return;
  rmSync(web, { recursive: true, force: true });
  mkdirSync(web, { recursive: true });
  cpSync(join(page, 'dist'), web, { recursive: true, filter: (from) => from !== stamp });
  if (existsSync(join(example, 'dist'))) cpSync(join(example, 'dist'), join(web, 'canvas'), { recursive: true });
}

/** By content, not by time: a checkout touches files without changing them. */
function fingerprint() {
  const hash = createHash('sha256');
  const read = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).toSorted()) if (!NOT_SOURCES.has(name)) read(join(path, name));
    } else hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  };
  for (const path of [join(root, 'package-lock.json'), sdk, playcanvas, rule, page]) read(path);
  return hash.digest('hex');
}

function npm(...args) {
  const done = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (done.error) fail(`npm could not be started: ${done.error.message}`);
  if (done.status !== 0) fail(`npm ${args.join(' ')} failed:\n${done.stdout}${done.stderr}`);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
