import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { golden } from './golden.js';
import { Packed } from './packed.js';
import { WelcomingServer } from './welcomingServer.js';

const GZIP_BYTES_MAX = 30 * 1024;
/** Node 20 has it, but does not show it unasked. */
const WITH_WEBSOCKET = process.versions.node.startsWith('20.') ? ['--experimental-websocket'] : [];

let packed: Packed;

beforeAll(() => {
  packed = Packed.make();
}, 60_000);

afterAll(() => packed.close());

describe('what is published', () => {
  test('is the built modules with their types, a README and the license, and nothing else', () => {
    const others = packed.files.filter((file) => !/^dist\/[\w/-]+\.(js|d\.ts)$/.test(file));
    expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(packed.files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/rest/index.js', 'dist/rest/index.d.ts', 'dist/alone/index.js', 'dist/alone/index.d.ts']));
    const license = readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8');
    expect(readFileSync(`${packed.package}/LICENSE`, 'utf8')).toBe(license);
  });

  test('depends on the FlatBuffers runtime alone', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${packed.package}/package.json`, 'utf8'));
    expect(Object.keys(dependencies)).toEqual(['flatbuffers']);
    expect(peerDependencies).toBeUndefined();
  });

  test('is a package as publint wants it', async () => {
    const { messages } = await publint({ pkgDir: packed.package, pack: false });
    expect(messages).toEqual([]);
  });

  test.each([
    ['bundlers', ['--module', 'esnext', '--moduleResolution', 'bundler']],
    ['Node 16', ['--module', 'node16', '--moduleResolution', 'node16']],
    ['new Node', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
  ])('has types that resolve as %s resolve them', (_, options) => {
    const right = packed.write(
      'right.ts',
      `import { connect, type GameSchema } from '@terrane/client';
      import { Rest } from '@terrane/client/rest';
      interface Tiny { components: { 'a.b': { n: number } }; self: {}; events: {}; commands: {}; durableEvents: {} }
      declare const game: GameSchema<Tiny>;
      const client = connect({ url: 'ws://server/ws', token: 't', game });
      client.onEnter('a.b', (entity) => { const n: number = entity.components['a.b'].n; void n; });
      export const worlds: Promise<string[]> = new Rest().get('/worlds').then((all) => all.worlds.map((world) => world.name));`,
    );
    const wrong = packed.write('wrong.ts', `import { connect } from '@terrane/client';\nconst text: string = connect({ url: '' }).lastSeq;\nvoid text;`);
    expect(packed.typeErrors(right, options)).toBe('');
    expect(packed.typeErrors(wrong, options)).toContain("Type 'number' is not assignable to type 'string'");
  }, 30_000);
});

describe('a bundle', () => {
  test('of everything has at most 30 KB, packed by gzip', async () => {
    const { gzipBytes } = await packed.bundle(`import * as sdk from '@terrane/client'; globalThis.sdk = sdk;`);
    console.log(`@terrane/client, bundled and minified: ${gzipBytes} bytes by gzip, of ${GZIP_BYTES_MAX}`);
    expect(gzipBytes).toBeLessThanOrEqual(GZIP_BYTES_MAX);
  });

  test('of one function has no client in it', async () => {
    const all = await packed.bundle(`import { connect } from '@terrane/client'; globalThis.it = connect;`);
    const transfer = await packed.bundle(`import { prepareTransfer } from '@terrane/client'; globalThis.it = prepareTransfer;`);
    const rest = await packed.bundle(`import { Rest } from '@terrane/client/rest'; globalThis.it = Rest;`);
    const alone = await packed.bundle(`import { playAlone } from '@terrane/client/alone'; globalThis.it = playAlone;`);
    console.log(`one function: ${transfer.gzipBytes} bytes by gzip; REST: ${rest.gzipBytes}; connect: ${all.gzipBytes}; alone: ${alone.gzipBytes}`);
    expect(all.code).toContain('WebSocket');
    for (const { code } of [transfer, rest, alone]) expect(code).not.toMatch(/WebSocket|DataView|ByteBuffer/);
  });
});

test.each(['Node', 'a worker of Node'])('plays in %s, by its own WebSocket', async (place) => {
  const server = await WelcomingServer.open(golden('welcome').bytes);
  try {
    const player = packed.write(
      'player.mjs',
      `import { connect } from '@terrane/client';
      const client = connect({ url: '${server.url}', token: 't', reconnect: false });
      client.on('open', (welcome) => {
        console.log(JSON.stringify({ world: welcome.world, seq: client.sendInput({ moveX: 1 }) }));
        client.close();
      });
      client.on('state', (state, reason) => state === 'closed' && console.log(reason));`,
    );
    const start = packed.write('start.mjs', `import { Worker } from 'node:worker_threads'; new Worker(new URL('./player.mjs', import.meta.url));`);
    const { stdout } = await promisify(execFile)(process.execPath, [...WITH_WEBSOCKET, place === 'Node' ? player : start]);
    expect(stdout.trim().split('\n')).toEqual([JSON.stringify({ world: 'skirmish', seq: 43 }), 'closed by the player']);
    expect(server.requests).toEqual(['/ws?token=t']);
  } finally {
    server.close();
  }
}, 30_000);
