// Starts the real program with a new store on a free port, for the browser tests and the screenshots.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../bin/conflictmap', import.meta.url))
const START_MS = 20_000

/**
 * Resolves to the running program's address once it serves. Rejects with what it logged where it does not.
 * @param {string[]} [flags] flags of `conflictmap serve`
 * @returns {Promise<{url: string, stop: () => Promise<number | null>}>} stop resolves to the exit code
 */
export async function startProgram(flags = []) {
  const folder = await mkdtemp(join(tmpdir(), 'conflictmap-'))
  const child = spawn(PROGRAM, ['serve', '--addr', 'localhost:0', '--db', join(folder, 'map.db'), '--log-format', 'json', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const code = await ended
    await rm(folder, { recursive: true })
    return code
  }
  const url = await new Promise((resolve, reject) => {
    let log = ''
    const late = setTimeout(() => reject(new Error(`the program did not serve within ${START_MS} ms:\n${log}`)), START_MS)
    child.once('error', (error) => reject(new Error(`${PROGRAM}: ${error.message}; "make build" makes it`)))
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${log}`)))
    child.stderr.setEncoding('utf8').on('data', (text) => {
      if (log.length < 1e5) log += text
      const found = /"msg":"serving".*?"url":"([^"]+)"/.exec(log)
      if (found) { clearTimeout(late); resolve(found[1]) }
    })
  })
  return { url, stop }
}

/** How Debian's Chromium is started: without asking any host for anything of its own. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
}
