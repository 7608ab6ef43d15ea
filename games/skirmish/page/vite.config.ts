import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

// The SDK's sources instead of what was built of them: a change there shows at once, too.
const sdk = (file: string): string =>
  decodeURIComponent(new URL(`../../../sdk/typescript/src/${file}`, import.meta.url).pathname);
const SOURCES = {
  '@terrane/client/alone': sdk('alone/index.ts'),
  '@terrane/client/debug': sdk('debug.ts'),
  '@terrane/client/rest': sdk('rest/index.ts'),
  '@terrane/client': sdk('index.ts'),
  '@terrane/playcanvas': sdk('../../playcanvas/src/index.ts'),
};

export default defineConfig(({ mode }) => {
  // Where `npm run dev` finds a running server. Not called TERRANE_…: those are the server's own settings.
  const target = loadEnv(mode, '.', 'SKIRMISH_')['SKIRMISH_SERVER'] ?? 'http://127.0.0.1:8080';
  return {
    // Relative addresses: the page also works below a prefix.
    base: './',
    build: {
      outDir: 'dist',
      target: 'es2022',
      // The engine alone is over Vite's default warning.
      chunkSizeWarningLimit: 3000,
    },
    test: { include: ['test/**/*.test.ts'] },
    resolve: mode === 'development' ? { alias: SOURCES } : {},
    // The Host header stays that of the page, so the server takes the page's sockets for its own page's.
    server: { port: 5173, proxy: { '/ws': { target, ws: true }, '/api': { target } } },
  };
});
