import { newId } from '@droplock/core/new-id'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { findBrowser, noBrowser, openBrowser, signIn } from '@droplock/infra/browser/open-browser'
import { type PersonKey, people } from '@droplock/infra/console/fixture/people'
import { startConsole } from '@droplock/infra/console/start-console'
import { type Gallery, openGallery } from '@droplock/infra/screenshots/gallery'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'

export type Console = {
  readonly db: Clone['db']
  /** The console as this person has it after signing in; one page per person, kept for the whole file. */
  readonly as: (person: PersonKey) => Promise<Page>
  /** Another window of the same person. */
  readonly again: (person: PersonKey) => Promise<Page>
  /** Shows the pictures of `npm run screenshots`. */
  readonly gallery: Gallery
  /** A browser in which nobody has signed in yet. */
  readonly fresh: () => Promise<Page>
  /** Errors that any page threw. */
  readonly faults: readonly string[]
  readonly close: () => Promise<void>
}

/** No page waits longer for what it shows: two cores, a fresh build and a busy machine included. */
const patienceMs = 20_000

/** Where no browser is, tests are skipped saying so; on a build server they must not be. */
export async function browserOrReason() {
  const found = await findBrowser()
  if (found === undefined && process.env['CI'] === 'true') throw new Error(noBrowser)
  return found ?? noBrowser
}

export type Windows = Pick<Console, 'as' | 'again' | 'fresh' | 'faults'>

/** Windows of people at a console. */
export function openWindows(browser: Browser, consoleUrl: string): Windows {
  const faults: string[] = []
  const open = async () => {
    const context = await browser.newContext({
      viewport: { width: 1_440, height: 900 },
      timezoneId: 'Europe/Warsaw',
    })
    context.setDefaultTimeout(patienceMs)
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    return page
  }
  const again = async (person: PersonKey) => {
    const page = await open()
    await signIn(page, consoleUrl, people[person])
    return page
  }
  const fresh = async () => {
    const page = await open()
    await page.goto(consoleUrl)
    return page
  }
  const known = new Map<PersonKey, Promise<Page>>()
  const as = (person: PersonKey) => {
    const page = known.get(person) ?? again(person)
    known.set(person, page)
    return page
  }
  return { as, again, fresh, faults }
}

/** As often as a test wants to see something happen. */
const worker = { DROPLOCK_PUBLICATION: 'at_once', DROPLOCK_IDLE_MS: '500', DROPLOCK_LOG_LEVEL: 'error' }

type ConsoleOptions = {
  readonly withWorker?: boolean
  /** Further settings of the API. */
  readonly settings?: Readonly<Record<string, string>>
}

/** The built console, its API and a database with the fixture, all of it for one test file. */
export async function openConsole({
  withWorker = false,
  settings = {},
}: ConsoleOptions = {}): Promise<Console> {
  const cleanup = new AsyncDisposableStack()
  try {
    const found = await browserOrReason()
    if (typeof found === 'string') throw new Error(found)
    const clone = await cloneDatabase()
    cleanup.defer(clone.drop)
    const { db, url, urls } = clone
    const environment = cleanup.use(
      await startConsole({ url, urls, ctx: { db, newId } }, undefined, {
        'console-api': settings,
        ...(withWorker && { worker }),
      }),
    )
    const browser = await openBrowser(found)
    cleanup.defer(() => browser.close())
    const windows = openWindows(browser, environment.urlOf('console-api'))
    const gallery = openGallery(browser, environment.urlOf('console-api'))
    return { db: clone.db, ...windows, gallery, close: () => cleanup.disposeAsync() }
  } catch (error) {
    await cleanup.disposeAsync()
    throw error
  }
}

/** Building the console, and a database with the fixture, on a busy machine. */
const openMsMax = 240_000

/** A console for all tests of a file: opened before the first, closed after the last. Without a browser they are skipped, saying so. */
export function consoleOfFile(
  options: ConsoleOptions | (() => Promise<ConsoleOptions>) = {},
): Omit<Console, 'close'> {
  let opened: Console | undefined
  let missing: string | undefined
  beforeAll(async () => {
    const found = await browserOrReason()
    if (typeof found === 'string') missing = found
    else opened = await openConsole(typeof options === 'function' ? await options() : options)
  }, openMsMax)
  beforeEach(({ skip }) => {
    if (missing !== undefined) skip(missing)
  })
  afterAll(() => opened?.close())
  const now = (): Console => {
    if (opened === undefined) throw new Error('the console is opened before the first test')
    return opened
  }
  return {
    get db() {
      return now().db
    },
    get gallery() {
      return now().gallery
    },
    get faults() {
      return now().faults
    },
    as: (person) => now().as(person),
    again: (person) => now().again(person),
    fresh: () => now().fresh(),
  }
}
