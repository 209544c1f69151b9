import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import type { Browser } from 'playwright-core'
import { findBrowser, noBrowser, openBrowser } from '../src/browser/open-browser.ts'
import { startMarketplaceWithFixture } from '../src/marketplace/start-marketplace.ts'
import { makeRoles } from '../src/postgres/cluster.ts'

// `npm run bench -- pages`: how soon a visitor with a slow phone sees the first content of the customers' pages: each page five times in a
// fresh browser profile, the median, beside a page without anything on it. Also what was loaded until the page could be used, as sent.
// Arguments: the database's URL.

const TIMES = 5
const AIM_MS_MAX = 1_000

/** What Lighthouse calls a slow 4G network and a mid-range phone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms, a quarter of this machine's speed. */
const phone = {
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
  offline: false,
}
const CPU_SLOWER = 4
const viewport = { width: 390, height: 844 }

const pages = ['names', 'names/winter-garden.site', 'help', 'sign-in']
const languages = ['en', 'zh']

const url = process.argv[2] ?? ''
const report = reporter('pages')

type Look = { readonly firstContentMs: number; readonly bytes: number }

/** Opens a page as somebody does who was never here. */
async function look(browser: Browser, address: string): Promise<Look> {
  const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    let bytes = 0
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', phone)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER })
    await page.goto(address, { waitUntil: 'networkidle' })
    const firstContentMs: number = await page.evaluate(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN",
    )
    return { firstContentMs, bytes }
  } finally {
    await context.close()
  }
}

async function measure(browser: Browser, address: string): Promise<Look> {
  const looks: Look[] = []
  for (let time = 0; time < TIMES; time += 1) looks.push(await look(browser, address))
  return {
    firstContentMs: quantile(
      looks.map(({ firstContentMs }) => firstContentMs),
      0.5,
    ),
    bytes: Math.max(...looks.map(({ bytes }) => bytes)),
  }
}

const found = await findBrowser()
if (found === undefined) throw new Error(noBrowser)
await migrate(url)
const urls = await makeRoles(url)
const db = openDatabase({ url, connectionsMax: 2, applicationName: 'bench-pages' })
await using cleanup = new AsyncDisposableStack()
cleanup.defer(() => db.destroy())
const environment = cleanup.use(await startMarketplaceWithFixture({ url, urls, ctx: { db, newId } }))
const browser = await openBrowser(found)
cleanup.defer(() => browser.close())
const origin = environment.urlOf('marketplace')
// The server draws and compresses for the first time.
for (const page of pages) await look(browser, `${origin}/en/${page}`)
const { firstContentMs: plainMs } = await measure(browser, `${origin}/healthz`)
report('a page with one line of text: first content p50', plainMs, 'ms')
for (const language of languages) {
  for (const page of pages) {
    const { firstContentMs, bytes } = await measure(browser, `${origin}/${language}/${page}`)
    report(`/${language}/${page}: first content p50`, firstContentMs, 'ms', { max: AIM_MS_MAX })
    report(`/${language}/${page}: of the page with one line`, firstContentMs / plainMs, 'ratio')
    report(`/${language}/${page}: loaded until idle`, bytes, 'bytes')
  }
}
