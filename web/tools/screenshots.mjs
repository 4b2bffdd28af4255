// Takes the pictures that a change of the page is judged by, into web/test-results/screenshots, and the README's, into
// docs.
// Usage: npm run screenshots [-- NAME...]
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { CHROMIUM, startProgram } from './program.mjs'

const FOLDER = fileURLToPath(new URL('../test-results/screenshots/', import.meta.url))
const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url))
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const LAUKKAI = 'sel=events/report-2024-07:laukkai-raids'
const SHOTS = [
  { name: 'wide-light', ...WIDE, query: '', docs: 'map.jpg' },
  { name: 'wide-dark', ...WIDE, query: '', dark: true },
  { name: 'wide-card', ...WIDE, query: `c=23.2,98.4,8&${LAUKKAI}` },
  { name: 'wide-visit', ...WIDE, query: 'sel=events/report-2024-07:kunming-meeting&type=diplomatic_visit', dark: true },
  { name: 'wide-area', ...WIDE, query: 'sel=areas/northern-shan-state&datetime=2024-06-01/..', dark: false },
  { name: 'wide-burmese', ...WIDE, query: 'lang=my' },
  { name: 'wide-burmese-card', ...WIDE, query: `lang=my&${LAUKKAI}`, dark: true },
  { name: 'wide-burmese-place', ...WIDE, query: 'lang=my&sel=places/lashio' },
  { name: 'wide-chinese', ...WIDE, query: 'lang=zh', dark: true },
  { name: 'wide-chinese-card', ...WIDE, query: `lang=zh&${LAUKKAI}` },
  { name: 'phone-light', ...PHONE, query: '' },
  { name: 'phone-dark', ...PHONE, query: '', dark: true },
  { name: 'phone-card', ...PHONE, query: LAUKKAI, docs: 'phone.jpg' },
  { name: 'phone-burmese', ...PHONE, query: 'lang=my', dark: true },
  { name: 'phone-burmese-card', ...PHONE, query: `lang=my&${LAUKKAI}` },
  { name: 'phone-chinese-card', ...PHONE, query: `lang=zh&${LAUKKAI}`, dark: true },
  { name: 'phone-chinese', ...PHONE, query: 'lang=zh&datetime=2024-07-01/2024-07-31' },
]

const wanted = process.argv.slice(2)
await mkdir(FOLDER, { recursive: true })
const program = await startProgram()
const browser = await chromium.launch(CHROMIUM)
try {
  for (const shot of SHOTS.filter((s) => wanted.length === 0 || wanted.includes(s.name))) {
    const page = await browser.newPage({ viewport: { width: shot.width, height: shot.height }, colorScheme: shot.dark ? 'dark' : 'light', hasTouch: shot.width < 500 })
    page.on('console', (m) => console.log(`${shot.name}: ${m.type()}: ${m.text()}`))
    page.on('pageerror', (e) => console.log(`${shot.name}: ${e.message}`))
    await page.goto(`${program.url}/?${shot.query}`, { waitUntil: 'networkidle' })
    await page.waitForSelector('.mark, .tag')
    await page.screenshot({ path: `${FOLDER}${shot.name}.png` })
    if (shot.docs) await page.screenshot({ path: DOCS + shot.docs, type: 'jpeg', quality: 88 })
    await page.close()
  }
} finally {
  await browser.close()
  await program.stop()
}
