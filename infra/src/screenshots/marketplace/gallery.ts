import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Environment } from '../../environment/environment.ts'
import { watchPage } from '../settle.ts'
import { type MemberKey, memberPassword, members } from './members.ts'
import { type Found, type PageLook, type PagePicture, pageLooks } from './pictures.ts'

const sizes = { wide: { width: 1_440, height: 900 }, phone: { width: 390, height: 844 } } as const
const locales = { en: 'en-GB', zh: 'zh-CN' } as const

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>

export type PageGallery = {
  /** Shows a picture and calls `each` for every look of it. Returns the errors that the page threw. */
  readonly show: (
    picture: PagePicture,
    each: (page: Page, look: PageLook) => Promise<void>,
  ) => Promise<readonly string[]>
}

/** Shows pages of the marketplace one after the other. */
export async function openPageGallery(browser: Browser, environment: Environment): Promise<PageGallery> {
  const origin = environment.urlOf('marketplace')
  const found = await findOrders(environment)
  const known = new Map<string, Promise<BrowserContext>>()
  const sessions = new Map<MemberKey, Promise<StorageState>>()

  // Once for all looks: sign-ins are limited by address.
  const sessionOf = (as: MemberKey) => {
    const session = sessions.get(as) ?? signIn(browser, origin, as)
    sessions.set(as, session)
    return session
  }

  const contextOf = (as: MemberKey | undefined, look: PageLook) => {
    const key = `${as ?? 'visitor'} ${look.language} ${look.size}`
    const context = known.get(key) ?? openContext(browser, as && sessionOf(as), look)
    known.set(key, context)
    return context
  }

  return {
    show: async ({ path, as, before, show }, each) => {
      const faults: string[] = []
      for (const look of pageLooks) {
        const page = await (await contextOf(as, look)).newPage()
        try {
          page.on('pageerror', (error) => faults.push(error.message))
          page.on(
            'console',
            (message) =>
              void (message.type() === 'error' && isOurs(message.text()) && faults.push(message.text())),
          )
          const settled = watchPage(page)
          await before?.(page)
          await page.goto(`${origin}/${look.language}${typeof path === 'string' ? path : path(found)}`)
          await settled()
          await show?.(page)
          await settled()
          await each(page, look)
        } finally {
          await page.close()
        }
      }
      return faults
    },
  }
}

/** A browser reports every answer with an error status; pages that show such an answer are among the pictures. */
function isOurs(text: string): boolean {
  return !text.startsWith('Failed to load resource')
}

async function openContext(
  browser: Browser,
  session: Promise<StorageState> | undefined,
  { language, size }: PageLook,
): Promise<BrowserContext> {
  const storageState = await session
  return browser.newContext({
    ...(storageState !== undefined && { storageState }),
    viewport: sizes[size],
    isMobile: size === 'phone',
    hasTouch: size === 'phone',
    locale: locales[language],
    timezoneId: 'Europe/Warsaw',
    reducedMotion: 'reduce',
  })
}

async function signIn(browser: Browser, origin: string, as: MemberKey): Promise<StorageState> {
  const context = await browser.newContext()
  const answer = await context.request.post(`${origin}/auth/sign-in/email`, {
    headers: { origin },
    data: { email: members[as].email, password: memberPassword, callbackURL: '/en/names' },
  })
  if (!answer.ok()) throw new Error(`the sign-in of ${as} was answered with ${answer.status()}`)
  const state = await context.storageState()
  await context.close()
  return state
}

async function findOrders({ ctx }: Environment): Promise<Found> {
  const orders = await ctx.db.selectFrom('backorder').select(['id', 'name']).execute()
  const byName = new Map(orders.map(({ id, name }) => [name, id]))
  return {
    orderOf: (name) => {
      const id = byName.get(name)
      if (id === undefined) throw new Error(`${name} is not ordered in the fixture`)
      return id
    },
  }
}
