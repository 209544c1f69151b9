import { setTimeout as wait } from 'node:timers/promises'
import { violated } from '@droplock/core/database/errors'
import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { Refusal } from '@droplock/rules/refusals'
import { timeout } from 'hono/timeout'
import { z } from 'zod'
import type { Dependencies, Marketplace } from '../marketplace.ts'
import {
  type AskAuth,
  type Asked,
  isUnconfirmed,
  linkInvalid,
  openAskAuth,
  passOn,
  tooMany,
  withCookies,
} from './ask-auth.ts'
import { AUTH_PATH } from './auth.ts'
import { type AuthBody, type AuthPath, authBodies, OwnPage, parse } from './bodies.ts'
import { type Confirming, openConfirming } from './confirming.ts'
import { type KnownBrowsers, openKnownBrowsers } from './known-browsers.ts'
import type { Visitors } from './visitors.ts'

/** Names, addresses and passwords. Octets. */
const BODY_BYTES_MAX = 8_192

/**
 * Answers that would otherwise come sooner or later by whether an address is known. Longer than a hash and a statement take together; mails
 * are sent after the answer. Milliseconds.
 */
const SAME_MS = 400

/** The id is made up where the address is known already. */
const SignedUp = z.object({ user: z.object({ id: z.string() }) })

type Steps = {
  readonly ask: AskAuth
  readonly confirming: Confirming
  readonly browsers: KnownBrowsers
}

/**
 * Sign-up, sign-in, confirmed addresses and passwords: better-auth's own routes, as far as the pages use them. What else it has, or gets in
 * a later version, is not reached.
 */
export function mountAuth(app: Marketplace, dependencies: Dependencies, visitors: Visitors): void {
  const steps: Steps = {
    ask: openAskAuth(dependencies),
    confirming: openConfirming(dependencies),
    browsers: openKnownBrowsers(dependencies),
  }
  app.use(`${AUTH_PATH}/*`, uncached, timeout(dependencies.settings.requestMsMax))
  mountForms(app, visitors, steps)
  mountLinks(app, dependencies, steps)
}

/** What the forms of the pages send. */
function mountForms(app: Marketplace, visitors: Visitors, { ask, confirming, browsers }: Steps): void {
  const post = <Path extends AuthPath>(
    path: Path,
    answer: (c: Asked, body: AuthBody<Path>) => Promise<Response>,
    sameMs = 0,
  ) =>
    app.post(AUTH_PATH + path, limitBody(BODY_BYTES_MAX), requireJson, async (c) => {
      const body = parse(authBodies[path], await c.req.json()) as AuthBody<Path>
      const [answered] = await Promise.all([answer(c, body), wait(sameMs)])
      return answered
    })
  const plain = (path: AuthPath) => async (c: Asked, body: object) => passOn(c, await ask(c, path, body))

  post(
    '/sign-up/email',
    async (c, body) => {
      if (!(await visitors.currencies()).includes(body.currency))
        throw new Refusal('currency_not_sold', 'Names are not sold in this currency.')
      const answer = await ask(c, '/sign-up/email', body)
      if (answer.ok) await confirming.expect(c, SignedUp.parse(await answer.clone().json()).user.id)
      return passOn(c, answer)
    },
    SAME_MS,
  )
  post('/sign-in/email', async (c, { email, password, callbackURL }) => {
    if (!(await browsers.count(c, email))) throw tooMany()
    const answer = await ask(c, '/sign-in/email', { email, password })
    if (answer.ok) await browsers.remember(c, email)
    if (await isUnconfirmed(answer)) {
      // They know the password: the link that is sent now is all that lacks.
      await confirming.expectAddress(c, email)
      await ask(c, '/send-verification-email', { email, callbackURL })
    }
    return passOn(c, answer)
  })
  post('/confirm-address', (c, body) => confirmByPassword(c, body, { confirming, ask, browsers }))
  post('/send-verification-email', plain('/send-verification-email'), SAME_MS)
  post('/request-password-reset', plain('/request-password-reset'), SAME_MS)
  for (const path of ['/sign-out', '/reset-password', '/change-password', '/change-email'] as const)
    post(path, plain(path))
}

/** Confirms an address in another browser than that of the sign-up: by the link and the password together. */
async function confirmByPassword(
  c: Asked,
  { token, password }: AuthBody<'/confirm-address'>,
  { confirming, ask, browsers }: Steps,
): Promise<Response> {
  const email = await confirming.addressOf(token)
  if (email === undefined) throw linkInvalid()
  const answer = await ask(c, '/sign-in/email', { email, password })
  if (!(await isUnconfirmed(answer))) return passOn(c, answer)
  const confirmed = await ask(
    c,
    `/verify-email?token=${encodeURIComponent(token)}&callbackURL=%2Fen%2Fconfirmed`,
  )
  if (/[?&]error=/.test(confirmed.headers.get('location') ?? '')) throw linkInvalid()
  await browsers.remember(c, email)
  return withCookies(confirmed, c.body(null, 204))
}

/** Where the links of mails lead first. */
function mountLinks(
  app: Marketplace,
  { settings: { origin } }: Dependencies,
  { ask, confirming, browsers }: Steps,
): void {
  /** The page that a mail's link names; of one that somebody has made up, the sign-in. */
  const pageOf = (c: Asked): URL => {
    const named = OwnPage.safeParse(c.req.query('callbackURL'))
    return new URL(named.success ? named.data : '/en/sign-in', origin)
  }
  app.get(`${AUTH_PATH}/verify-email`, async (c) => {
    const page = pageOf(c)
    const token = c.req.query('token') ?? ''
    if (await confirming.needsPassword(c, token)) {
      page.pathname = page.pathname.replace(/[^/]+$/, 'confirm-address')
      page.searchParams.set('token', token)
      return c.redirect(page.pathname + page.search)
    }
    const path = `/verify-email?token=${encodeURIComponent(token)}&callbackURL=${backTo(page)}`
    try {
      const answer = await ask(c, path)
      const email = await confirming.addressOf(token)
      // Otherwise its session was not opened here.
      if (email !== undefined && answer.headers.getSetCookie().length > 0) await browsers.remember(c, email)
      return await passOn(c, answer)
    } catch (error) {
      if (!violated(error, 'member_email_unique')) throw error
      // Another person has confirmed the same new address meanwhile.
      page.searchParams.set('error', 'INVALID_TOKEN')
      return c.redirect(page.pathname + page.search)
    }
  })
  app.get(`${AUTH_PATH}/reset-password/:token`, async (c) => {
    const token = encodeURIComponent(c.req.param('token'))
    return passOn(c, await ask(c, `/reset-password/${token}?callbackURL=${backTo(pageOf(c))}`))
  })
}

function backTo({ pathname, search }: URL): string {
  return encodeURIComponent(pathname + search)
}
