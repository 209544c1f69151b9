import { join } from 'node:path'
import { openBrowser } from '@droplock/infra/browser/open-browser'
import type { Environment } from '@droplock/infra/environment/environment'
import { openDrops } from '@droplock/infra/marketplace/drop'
import { startMarketplace } from '@droplock/infra/marketplace/start-marketplace'
import { stateFolder } from '@droplock/infra/paths'
import { en } from '@droplock/marketplace/pages/texts/en'
import type { Texts } from '@droplock/marketplace/pages/texts/shape'
import { zh } from '@droplock/marketplace/pages/texts/zh'
import type { Language } from '@droplock/rules/members'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, onTestFailed } from 'vitest'
import { browserOrReason } from './console.ts'
import { type Hand, keyboardOf, pointerOf } from './hands.ts'

/** How somebody uses the pages. */
export type Way = {
  readonly language: Language
  readonly keyboard?: boolean
  /** Of the window. Pixels. */
  readonly width?: number
}

/** A browser in which nobody has signed in yet, and how it is used. */
export type Visit = {
  readonly way: Way
  readonly page: Page
  readonly hand: Hand
  readonly texts: Texts
  /** Opens a page by its address. */
  readonly open: (path: string) => Promise<void>
}

export type Marketplace = {
  readonly environment: Environment
  readonly drops: ReturnType<typeof openDrops>
  readonly visit: (way: Way) => Promise<Visit>
  /** Errors that any page threw. */
  readonly faults: readonly string[]
}

/** Everything on two busy cores: the build, a database, eight processes. */
const OPEN_MS_MAX = 240_000

/** No page waits longer for what it shows. */
const PATIENCE_MS = 20_000

const locales = { en: 'en-GB', zh: 'zh-CN' } as const
const textsIn: Readonly<Record<Language, Texts>> = { en, zh }

/** The running marketplace for all tests of a file. Without a browser they are skipped, saying so. */
export function marketplaceOfFile(): Marketplace {
  const cleanup = new AsyncDisposableStack()
  const faults: string[] = []
  let opened: Omit<Marketplace, 'faults'> | undefined
  let missing: string | undefined
  beforeAll(async () => {
    const found = await browserOrReason()
    if (typeof found === 'string') {
      missing = found
      return
    }
    const environment = cleanup.use(await startMarketplace())
    const browser = await openBrowser(found)
    cleanup.defer(() => browser.close())
    const origin = environment.urlOf('marketplace')
    const visit = async (way: Way) => {
      const visitor = await openVisit({ browser, origin, faults }, way)
      onTestFailed(({ task }) => keepPicture(visitor.page, task.name))
      return visitor
    }
    opened = { environment, drops: openDrops(environment), visit }
  }, OPEN_MS_MAX)
  beforeEach(({ skip }) => {
    if (missing !== undefined) skip(missing)
  })
  afterAll(() => cleanup.disposeAsync())
  const now = () => {
    if (opened === undefined) throw new Error('the marketplace is opened before the first test')
    return opened
  }
  return {
    get environment() {
      return now().environment
    },
    get drops() {
      return now().drops
    },
    visit: (way) => now().visit(way),
    faults,
  }
}

type Place = { readonly browser: Browser; readonly origin: string; readonly faults: string[] }

async function openVisit({ browser, origin, faults }: Place, way: Way): Promise<Visit> {
  const { language, keyboard = false, width = 1_440 } = way
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 780 : 900 },
    locale: locales[language],
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  return {
    way,
    page,
    hand: keyboard ? keyboardOf(page) : pointerOf(),
    texts: textsIn[language],
    open: async (path) => {
      await page.goto(`${origin}/${language}${path}`)
      await isReady(page)
    },
  }
}

/** Where a person was when their test failed: a picture, and in words for whoever has only the output. */
async function keepPicture(page: Page, test: string): Promise<void> {
  const file = `${test.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(-80)}.png`
  const path = join(stateFolder, 'failed', file)
  await page.screenshot({ path, fullPage: true })
  const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
  const text = await page.locator('body').innerText()
  console.log(`the page is in ${path}\n${page.url()}\nfocus: ${focused}\n${text.slice(0, 1_000)}`)
}

/** Until the browser has taken the page over from the server: what is pressed before is pressed in vain. */
export async function isReady(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A field of the page by its label, which has a star where the field is required. */
export function fieldOf(page: Page, label: string): Locator {
  return page.locator('main').getByLabel(new RegExp(`^${escaped(label)}( \\*)?$`))
}

/** A text with values of its own in it, as a pattern of the whole. */
export function like(text: string): RegExp {
  return new RegExp(
    `^${text
      .split(/\{[^}]*\}|<\w+><\/\w+>/)
      .map(escaped)
      .join('.*')}$`,
  )
}
