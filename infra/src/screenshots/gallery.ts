import type { Browser, BrowserContext, Page } from 'playwright-core'
import { signIn } from '../browser/open-browser.ts'
import { type PersonKey, people } from '../console/fixture/people.ts'
import { type Look, looksOf, type Picture } from './picture.ts'
import { watchPage } from './settle.ts'

const wide = { width: 1_440, height: 900 }
const telephone = { width: 390, height: 844 }

export type Gallery = {
  /** Shows a picture and calls `each` for every look of it. Returns the errors that the page threw. */
  readonly show: (
    picture: Picture,
    each: (page: Page, look: Look) => Promise<void>,
  ) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** Shows pictures one after the other. Each person signs in once; every picture has a page of its own. */
export function openGallery(browser: Browser, consoleUrl: string): Gallery {
  const known = new Map<PersonKey, Promise<BrowserContext>>()

  async function signedIn(person: PersonKey): Promise<BrowserContext> {
    const context = await openContext(browser)
    const page = await context.newPage()
    await signIn(page, consoleUrl, people[person])
    await page.close()
    return context
  }

  const contextOf = (person: PersonKey) => {
    const context = known.get(person) ?? signedIn(person)
    known.set(person, context)
    return context
  }

  return {
    show: async (picture, each) => {
      const { as, show } = picture
      const context = as === undefined ? await openContext(browser) : await contextOf(as)
      const page = await context.newPage()
      const faults: string[] = []
      try {
        page.on('pageerror', (error) => faults.push(error.message))
        const settled = watchPage(page)
        await page.goto(consoleUrl)
        if (as !== undefined) await page.getByRole('heading', { name: 'Today', exact: true }).waitFor()
        await show(page)
        for (const look of looksOf(picture)) {
          await wear(page, look)
          await settled()
          await each(page, look)
        }
      } finally {
        await page.close()
        if (as === undefined) await context.close()
      }
      return faults
    },
    close: async () => {
      for (const context of known.values()) await (await context).close()
    },
  }
}

async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: wide,
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
  })
  // The console remembers the filters of a list; every picture begins without them.
  await context.addInitScript('localStorage.clear()')
  return context
}

async function wear(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' })
  await page.setViewportSize(look === 'phone' ? telephone : wide)
}
