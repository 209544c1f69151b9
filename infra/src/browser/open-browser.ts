import { type Browser as Chromium, chromium } from 'playwright-core'
import type { Browser } from './unpack-chromium.ts'

/** Nothing that asks the network or the screen for something of its own. The profile is a fresh one each time. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** Starts the browser without a window. */
export async function openBrowser({ executable, env }: Browser): Promise<Chromium> {
  return chromium.launch({
    executablePath: executable,
    headless: true,
    args: quiet,
    env: { ...process.env, ...env },
  })
}
