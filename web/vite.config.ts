import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // No inlined assets: the page's policy allows data: for images alone, and the server compresses files better.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page, and the map of the server's own pages, which the server finds in the manifest.
    manifest: true,
    rolldownOptions: { input: ['index.html', 'src/map/small.ts'] },
  },
  server: { proxy: { '/collections': 'http://localhost:8080' } },
  test: { include: ['src/**/*.test.ts'] },
})
