// Holds the first view of the map to its size: what a browser transfers before the map stands, gzip, from the real
// program with the built-in dataset.
import { get } from 'node:http'
import { FIRST_VIEW } from './firstview.mjs'
import { startProgram } from './program.mjs'

const TOTAL = 250_000
const SCRIPT = 120_000

/** Resolves to the bytes of an answer as they cross the line, its headers among them, and its text. */
function transfer(url, accept = '*/*') {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip', accept } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`))
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve({ body: Buffer.concat(chunks), bytes: Buffer.concat(chunks).length + response.rawHeaders.join(': ').length }))
      response.on('error', reject)
    }).on('error', reject)
  })
}

const program = await startProgram()
try {
  const { gunzipSync } = await import('node:zlib')
  const index = await transfer(program.url + '/', 'text/html')
  const html = gunzipSync(index.body).toString()
  const assets = [...html.matchAll(/<(?:link|script)[^>]*(?:src|href)="(\/[^"]+)"/g)].map((m) => m[1])
  let total = index.bytes
  let script = 0
  for (const path of new Set([...assets, ...FIRST_VIEW])) {
    const { bytes } = await transfer(program.url + path)
    total += bytes
    if (path.endsWith('.js')) script += bytes
  }
  console.log(`page: first view ${total} bytes of at most ${TOTAL}, ${script} of them script of at most ${SCRIPT}`)
  if (script === 0) throw new Error('page: no script was found in index.html')
  if (total > TOTAL || script > SCRIPT) process.exitCode = 1
} finally {
  await program.stop()
}
