import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** The licence of the font that is built in: the OFL wants it to go where the font goes. */
const fontLicence = {
  name: 'font-licence',
  generateBundle(this: { emitFile: (file: { readonly type: 'asset'; readonly fileName: string; readonly source: string }) => string }): void {
    this.emitFile({ type: 'asset', fileName: 'noto-sans-myanmar-licence.txt', source: readFileSync('node_modules/@fontsource/noto-sans-myanmar/LICENSE', 'utf8') })
  },
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [fontLicence],
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
