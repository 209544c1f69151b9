import type { MemberSession } from '@droplock/core/members/session-key'
import { cachingOf, filesOf } from '@droplock/http/folder'
import { sourceFrom } from '@droplock/http/source'
import { sendFile } from '@droplock/http/static-file'
import { isLanguage, type Language } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { TERMS_VERSION } from '@droplock/rules/terms'
import type { Context } from 'hono'
import { compress } from 'hono/compress'
import type { Dependencies, Environment, Marketplace } from '../marketplace.ts'
import type { Viewer } from '../pages/page-state.ts'
import { ASK_AGAIN_SECONDS, writeDownPage } from './down-page.ts'
import { currencyOf, languageOf } from './preferences.ts'
import { pagePolicyOf } from './secure.ts'
import type { Sessions } from './sessions.ts'
import { askerOf, clientOf, type Visitors } from './visitors.ts'

type Mounted = { readonly sessions: Sessions; readonly visitors: Visitors }

const notBuilt =
  '<!doctype html><title>Droplock</title><h1>The pages are not built</h1><p>Run <code>npm start</code>.'

/** The pages, drawn here with all that everybody may read, and their files. Mount it last. */
export function mountPages(app: Marketplace, dependencies: Dependencies, mounted: Mounted): void {
  const { render, settings } = dependencies
  const { visitors, sessions } = mounted
  const policy = pagePolicyOf(settings)
  const read = filesOf(`${settings.folder}/client`)
  app.get('*', async (c, next) => {
    const { path } = c.req
    const file = path === '/index.html' ? undefined : await read(path)
    return file === undefined ? next() : sendFile(c, file, cachingOf(path))
  })
  app.get('/', (c) => c.redirect(`/${languageOf(c)}/names`, 302))
  app.get('/:language', (c, next) => {
    const language = c.req.param('language')
    return isLanguage(language) ? Promise.resolve(c.redirect(`/${language}/names`, 302)) : next()
  })
  // Nothing secret is in a page: whose it is, everybody who can send that cookie knows (BREACH).
  app.get('/:language/*', compress(), async (c, next) => {
    const language = c.req.param('language')
    if (!isLanguage(language)) return next()
    c.header('Content-Security-Policy', policy)
    c.header('Referrer-Policy', 'same-origin')
    try {
      return await drawPage(c, language)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'address_limited') throw error
      c.var.event.fail(error)
      c.header('Retry-After', String(ASK_AGAIN_SECONDS))
      return c.html(writeDownPage(language), 503)
    }
  })

  const drawPage = async (c: Context<Environment>, language: Language) => {
    const { pathname, search } = new URL(c.req.url)
    const session = await sessions.of(c.req.raw.headers).catch(asVisitor)
    if (session === undefined) visitors.admit(sourceFrom(c.env))
    const currency = session?.currency ?? (await currencyOf(c, visitors))
    const drawn = await render({
      origin: settings.origin,
      path: pathname,
      search: search.slice(1),
      now: new Date(),
      api: clientOf(visitors, currency, askerOf(c)),
      state: {
        language,
        currency,
        currencies: await visitors.currencies(),
        stripeKey: settings.stripeKey ?? null,
        supportMail: settings.supportMail ?? null,
        viewer: viewerOf(session),
      },
    })
    // After the sign-out nothing of a person comes back by the browser's own history.
    c.header('Cache-Control', session === undefined ? 'no-cache' : 'private, no-store')
    return drawn === undefined ? c.html(notBuilt, 503) : c.html(drawn.html, drawn.status)
  }
}

/** Whose account was closed is a visitor. */
function asVisitor(error: unknown): undefined {
  if (!(error instanceof Refusal) || error.code === 'try_again') throw error
}

function viewerOf(session: MemberSession | undefined): Viewer | null {
  if (session === undefined) return null
  const { memberId: id, email, name, role, isSuspended, termsVersion } = session
  return { id, email, name, role, isSuspended, mustAcceptTerms: termsVersion !== TERMS_VERSION }
}
