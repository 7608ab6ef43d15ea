import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // the server shows it at /canvas/
  server: { proxy: { '/ws': { target: 'ws://127.0.0.1:8080', ws: true }, '/api': 'http://127.0.0.1:8080' } },
});
