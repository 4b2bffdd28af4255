import { defineConfig } from '@playwright/test'
import { CHROMIUM } from './tools/program.mjs'

// The real program and Debian's Chromium: e2e/fixtures.ts starts the one, this the other.
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000, // axe takes a while on a busy machine of two processors
  forbidOnly: process.env['CI'] === 'true',
  reporter: 'list',
  use: { browserName: 'chromium', viewport: { width: 1440, height: 900 }, launchOptions: CHROMIUM, locale: 'en-GB', timezoneId: 'Asia/Yangon' },
})
