/** Plays in a real browser: serves it a page with the same script, and hears by the DevTools protocol what it found. */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' };
const START_SECONDS_MAX = 30;
const PICTURES = 3;

const PAGE = `<!doctype html><meta charset="utf-8"><title>bench netcode</title>
<script type="importmap">{ "imports": { "@terrane/client": "/client/index.js", "flatbuffers": "/flatbuffers/flatbuffers.js" } }</script>
<style>body { margin: 0; background: #10141a } canvas { display: block; width: 100vw; height: 100vh }</style><canvas></canvas>`;

/**
 * @param {string} program Chromium or Chrome
 * @param {object} wishes for `play`
 * @param {string | undefined} folder where pictures are left
 */
export function playInChromium(program, wishes, folder) {
  return inChromium(program, async (tab) => {
    const done = tab.evaluate(`import('/bench/play.mjs').then(async ({ play }) => {
      const { Picture } = await import('/bench/picture.mjs');
      const picture = new Picture(document.querySelector('canvas'));
      return JSON.stringify(await play({ ...${JSON.stringify(wishes)}, picture: (facts) => picture.draw(facts) }), (_, each) => (typeof each === 'bigint' ? each.toString(16) : each));
    })`);
    await Promise.race([done, keepPictures(tab, wishes, folder).then(() => done)]);
    return JSON.parse(await done, (_, each) => each ?? Number.NaN); // JSON has no NaN
  });
}

/**
 * Something in a tab that shows our page, which finds the client by its name and this folder under /bench.
 *
 * @template T
 * @param {(tab: { call: Function, evaluate: (expression: string) => Promise<any> }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inChromium(program, work) {
  const server = await serve();
  const profile = mkdtempSync(join(tmpdir(), 'terrane-netcode-'));
  const chromium = start(program, profile);
  try {
    const tab = await open(await chromium.address);
    try {
      const loaded = new Promise((resolve) => tab.once('Page.loadEventFired', resolve));
      await tab.call('Page.enable');
      await tab.call('Page.navigate', { url: `http://127.0.0.1:${server.address().port}/` });
      await loaded;
      return await work(tab);
    } finally {
      tab.close();
    }
  } finally {
    chromium.process.kill();
    server.close();
    await new Promise((resolve) => (chromium.process.exitCode !== null || chromium.process.signalCode !== null ? resolve() : chromium.process.once('exit', resolve)));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Some, evenly over the time that is measured. */
async function keepPictures(tab, { warmUpSeconds, seconds }, folder) {
  if (folder === undefined) return;
  for (let i = 1; i <= PICTURES; i++) {
    await new Promise((resolve) => setTimeout(resolve, ((i === 1 ? warmUpSeconds : 0) + seconds / (PICTURES + 1)) * 1000));
    const { data } = await tab.call('Page.captureScreenshot', { format: 'png' });
    writeFileSync(join(folder, `picture-${i}.png`), Buffer.from(data, 'base64'));
  }
}

/** The page, this folder, and the packages that browsers cannot find by name. */
function serve() {
  const require = createRequire(import.meta.url);
  const client = dirname(require.resolve('@terrane/client'));
  const flatbuffers = join(dirname(createRequire(join(client, 'index.js')).resolve('flatbuffers/package.json')), 'mjs');
  const roots = { bench: HERE, client, flatbuffers };
  const server = createServer((request, response) => {
    const [, root, ...path] = normalize(new URL(request.url, 'http://x').pathname).split('/');
    if (root === '') {
      response.writeHead(200, { 'content-type': TYPES['.html'] }).end(PAGE);
      return;
    }
    const file = roots[root] === undefined ? '' : join(roots[root], ...path);
    // Import paths of flatbuffers have no ending.
    const found = [file, `${file}.js`].find((each) => extname(each) in TYPES && existsSync(each));
    if (found === undefined) response.writeHead(404).end();
    else createReadStream(found).pipe(response.writeHead(200, { 'content-type': TYPES[extname(found)] }));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function start(program, profile) {
  const quiet = ['--headless', '--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--enable-precise-memory-info'];
  const process = spawn(program, [...quiet, '--window-size=1280,800', `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`${program} did not start within ${START_SECONDS_MAX} s`)), START_SECONDS_MAX * 1000);
    let said = '';
    process.on('error', (problem) => reject(new Error(`${program} cannot be started: ${problem.message}`)));
    process.stderr.on('data', (text) => {
      said += text;
      const found = /ws:\/\/(\S+?)\//.exec(said);
      if (found === null) return;
      clearTimeout(patience);
      resolve(found[1]);
    });
  });
  return { process, address };
}

/** A tab, by the DevTools protocol. */
async function open(address) {
  const { webSocketDebuggerUrl } = await (await fetch(`http://${address}/json/new?about:blank`, { method: 'PUT' })).json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('the browser cannot be talked to'));
  });
  let last = 0;
  const waiting = new Map();
  const events = new Map();
  socket.onmessage = ({ data }) => {
    const { id, method, result, error } = JSON.parse(data);
    events.get(method)?.();
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error !== undefined) reject?.(new Error(error.message));
    else resolve?.(result);
  };
  socket.onclose = () => waiting.forEach(({ reject }) => reject(new Error('the browser has ended')));
  const call = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return { call, evaluate, once: (event, then) => events.set(event, then), close: () => socket.close() };
}
