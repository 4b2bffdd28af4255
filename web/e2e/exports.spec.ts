import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const PROGRAM = fileURLToPath(new URL('../../bin/conflictmap', import.meta.url))

// Debian's GDAL has no Parquet driver: hyparquet, a reader that is not ours, knows GeoParquet and turns WKB into GeoJSON.
test('a foreign reader opens the GeoParquet export', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'conflictmap-export-'))
  const db = join(folder, 'map.db')
  execFileSync(PROGRAM, ['import', '--db', db, '-'], { input: execFileSync(PROGRAM, ['generate', '--events', '50']) })
  const bytes = execFileSync(PROGRAM, ['export', '--db', db, '--format', 'geoparquet'], { maxBuffer: 1e9 })
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const metadata = await parquetMetadataAsync(file)
  const geo = JSON.parse(metadata.key_value_metadata?.find((m) => m.key === 'geo')?.value ?? '{}') as { version?: string; primary_column?: string }
  expect([geo.version, geo.primary_column]).toEqual(['1.1.0', 'geometry'])
  const rows = await parquetReadObjects({ file, compressors })
  expect(rows).toHaveLength(64)
  const raids = rows.find((r) => r['id'] === 'report-2024-07:laukkai-raids')
  expect(raids?.['geometry']).toEqual({ type: 'Point', coordinates: [98.77, 23.69] })
  expect(raids?.['incidents']).toBe(3n)
  expect(raids?.['fatalities_best'] ?? null).toBeNull()
  expect(rows.find((r) => r['id'] === 'report-2024-07:operation-1027')?.['geometry']).toHaveProperty('type', 'Polygon')
  rmSync(folder, { recursive: true })
})
