import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser, noBrowser, openBrowser } from '../browser/open-browser.ts'

const viewport = { width: 1_280, height: 900 }

/** Takes a picture of a whole report. Throws when no browser is found, or the page has an error. */
export async function takePicture(report: string, path: string): Promise<void> {
  const found = await findBrowser()
  if (found === undefined) throw new Error(noBrowser)
  await using cleanup = new AsyncDisposableStack()
  const browser = await openBrowser(found)
  cleanup.defer(() => browser.close())
  const page = await browser.newPage({ viewport, locale: 'en-GB', colorScheme: 'light' })
  const faults: Error[] = []
  page.on('pageerror', (error) => faults.push(error))
  await page.goto(pathToFileURL(report).href)
  await page.locator('.plot canvas').last().waitFor()
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: true })
  const [fault] = faults
  if (fault !== undefined) throw fault
}
