import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // No inlined assets: the page's policy allows data: for images alone, and the server compresses files better.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/collections': 'http://localhost:8080' } },
  test: { include: ['src/**/*.test.ts'] },
})
