import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const sdk = fileURLToPath(new URL('..', import.meta.url));
const root = join(sdk, '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/** The SDK as it would be published, and an application that has it installed. */
export class Packed {
  /** Of the tarball. */
  readonly files: readonly string[];
  readonly package: string;
  private readonly app: string;

  private constructor(private readonly folder: string) {
    const source = join(folder, 'source');
    mkdirSync(source);
    for (const file of ['package.json', 'README.md', 'LICENSE', 'src']) cpSync(join(sdk, file), join(source, file), { recursive: true });
    run(process.execPath, [tsc, '-p', join(sdk, 'tsconfig.build.json'), '--outDir', join(source, 'dist')], sdk);
    const [told] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], source)) as [
      { filename: string; files: { path: string }[] },
    ];
    this.files = told.files.map(({ path }) => path);
    this.app = join(folder, 'app');
    this.package = join(this.app, 'node_modules', '@terrane', 'client');
    mkdirSync(this.package, { recursive: true });
    run('tar', ['-xzf', join(folder, told.filename), '-C', this.package, '--strip-components=1'], folder);
    const flatbuffers = dirname(createRequire(join(sdk, 'package.json')).resolve('flatbuffers/package.json'));
    symlinkSync(flatbuffers, join(this.app, 'node_modules', 'flatbuffers'));
    this.write('package.json', JSON.stringify({ name: 'app', private: true, type: 'module' }));
  }

  static make(): Packed {
    return new Packed(mkdtempSync(join(tmpdir(), 'terrane-client-')));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A file of the application; gives its path. */
  write(name: string, content: string): string {
    const path = join(this.app, name);
    writeFileSync(path, content);
    return path;
  }

  /** What the compiler has to say of the application; empty: nothing. */
  typeErrors(file: string, options: readonly string[]): string {
    try {
      run(process.execPath, [tsc, '--noEmit', '--strict', '--target', 'es2022', ...options, file], this.app);
      return '';
    } catch (problem) {
      return String((problem as { stdout?: unknown }).stdout ?? problem);
    }
  }

  /** All that a page would load for this module, made small as for a release. */
  async bundle(code: string): Promise<{ code: string; gzipBytes: number }> {
    const input = this.write('entry.js', code);
    const made = await build({
      ...{ root: this.app, configFile: false, logLevel: 'silent' },
      build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input } },
    });
    if (!('output' in made)) throw new Error('there is more than one bundle, or a watcher');
    const bundled = made.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
    return { code: bundled, gzipBytes: gzipSync(bundled, { level: 9 }).length };
  }
}

function npm(args: readonly string[], cwd: string): string {
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, cwd);
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
