import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { signIn } from '../browser/open-browser.ts'
import { people } from '../console/fixture/people.ts'
import type { Picture } from './pictures.ts'

const wide = { width: 1_440, height: 900 }
const telephone = { width: 390, height: 844 }

/** Takes one picture in a fresh browser context. Returns the errors that the page threw. */
export async function take(
  browser: Browser,
  consoleUrl: string,
  { name, as, dark = false, narrow = false, show }: Picture,
  folder: string,
): Promise<readonly string[]> {
  const context = await browser.newContext({
    viewport: narrow ? telephone : wide,
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const faults: string[] = []
  try {
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    if (as === undefined) await page.goto(consoleUrl)
    else await signIn(page, consoleUrl, people[as])
    await show(page)
    await page.waitForLoadState('networkidle')
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  } finally {
    await context.close()
  }
  return faults
}
