import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses: the page also works below a prefix.
  base: './',
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The engine alone is over Vite's default warning.
    chunkSizeWarningLimit: 3000,
  },
  test: { include: ['test/**/*.test.ts'] },
  server: { port: 5173, proxy: { '/ws': { target: 'ws://127.0.0.1:8080', ws: true }, '/api': 'http://127.0.0.1:8080' } },
});
