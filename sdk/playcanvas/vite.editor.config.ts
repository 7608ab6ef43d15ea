import { defineConfig } from 'vite';

/**
 * One file for a project of the PlayCanvas Editor: the scripts and the client, with the comments that the Editor reads attributes from. The engine is the project's.
 *
 * The Editor's parser finds scripts that are declared as classes, not classes in variables, and types of attributes that are imported; the bundler makes the one and drops the other.
 */
export default defineConfig({
  build: {
    outDir: 'dist/editor',
    target: 'es2022',
    minify: false,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'terrane.mjs' },
    rolldownOptions: { external: ['playcanvas'] },
  },
  plugins: [
    {
      name: 'as-the-editor-reads-it',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          chunk.code = chunk.code
            .replaceAll(/^var (\w+) = class extends Script \{/gm, 'class $1 extends Script {')
            .replace(/^import \{ Script \} from/m, 'import { Asset, Script } from');
        }
      },
    },
  ],
});
