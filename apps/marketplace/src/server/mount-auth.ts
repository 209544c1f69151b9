import { setTimeout as wait } from 'node:timers/promises'
import { violated } from '@droplock/core/database/errors'
import type { RequestLimit } from '@droplock/core/members/count-request'
import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { isCommonPassword } from '@droplock/passwords/common-passwords'
import { Refusal } from '@droplock/rules/refusals'
import { passwordTooCommon } from '@droplock/rules/staff'
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
  withCookies,
} from './ask-auth.ts'
import { AUTH_PATH } from './auth.ts'
import { type AuthBody, type AuthPath, authBodies, OwnPage, parse } from './bodies.ts'
import { type Confirming, openConfirming } from './confirming.ts'
import { type KnownBrowsers, openKnownBrowsers } from './known-browsers.ts'
import { type Limited, limitSource, requireFew } from './limits.ts'
import type { Visitors } from './visitors.ts'

/** Names, addresses and passwords. Octets. */
const BODY_BYTES_MAX = 8_192

/**
 * Answers that would otherwise come sooner or later by whether an address is known. Longer than a hash and a statement take together; mails
 * are sent after the answer. Milliseconds.
 */
const SAME_MS = 400

/** Guesses at the password of one address from all browsers that its person has not signed in with; each source has fewer. */
const guesses: RequestLimit = { max: 100, windowSeconds: 3_600 }

/** The id is made up where the address is known already. */
const SignedUp = z.object({ user: z.object({ id: z.string() }) })

/** Whose password was changed. */
const Changed = z.object({
  user: z.object({
    email: z.string(),
    name: z.string(),
    emailVerified: z.boolean(),
    language: z.unknown(),
  }),
})

/** What each form counts as, where it comes from. */
const countedAs: Readonly<Record<AuthPath, Limited>> = {
  '/sign-up/email': 'sign-up',
  '/sign-in/email': 'sign-in',
  '/sign-out': 'other requests',
  '/send-verification-email': 'ask for a link',
  // With the password, like a sign-in.
  '/confirm-address': 'sign-in',
  '/request-password-reset': 'ask for a link',
  '/reset-password': 'other requests',
  '/change-password': 'change a password',
  '/change-email': 'change an address',
}

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
  mountForms(app, dependencies, visitors, steps)
  mountLinks(app, dependencies, steps)
}

/** What the forms of the pages send. */
function mountForms(
  app: Marketplace,
  { ctx, mails }: Dependencies,
  visitors: Visitors,
  { ask, confirming, browsers }: Steps,
): void {
  const post = <Path extends AuthPath>(
    path: Path,
    answer: (c: Asked, body: AuthBody<Path>) => Promise<Response>,
    sameMs = 0,
  ) =>
    app.post(
      AUTH_PATH + path,
      limitSource(ctx, countedAs[path]),
      limitBody(BODY_BYTES_MAX),
      requireJson,
      async (c) => {
        const body = parse(authBodies[path], await c.req.json()) as AuthBody<Path>
        if (isCommonPassword(newPasswordIn(path, body))) throw passwordTooCommon()
        const [answered] = await Promise.all([answer(c, body), wait(sameMs)])
        return answered
      },
    )
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
    await requireFew(ctx, await browsers.countedAs(c, email), guesses)
    const answer = await ask(c, '/sign-in/email', { email, password })
    if (await isUnconfirmed(answer)) {
      // They know the password: the link that is sent now is all that lacks.
      await confirming.expectAddress(c, email)
      await ask(c, '/send-verification-email', { email, callbackURL })
    }
    if (answer.ok) await browsers.remember(c, email)
    return passOn(c, answer)
  })
  post('/confirm-address', (c, body) => confirmByPassword(c, body, { confirming, ask }))
  post('/send-verification-email', plain('/send-verification-email'), SAME_MS)
  post('/request-password-reset', plain('/request-password-reset'), SAME_MS)
  post('/change-password', async (c, body) => {
    const answer = await ask(c, '/change-password', body)
    if (answer.ok) await mails.passwordChanged(Changed.parse(await answer.clone().json()).user)
    return passOn(c, answer)
  })
  post('/reset-password', async (c, body) => {
    const email = await browsers.addressOfLink(body.token)
    const answer = await ask(c, '/reset-password', body)
    if (answer.ok && email !== undefined) await browsers.remember(c, email)
    return passOn(c, answer)
  })
  for (const path of ['/sign-out', '/change-email'] as const) post(path, plain(path))
}

/** What somebody chooses as a password by this form; empty where it is none of a new one. */
function newPasswordIn(path: AuthPath, body: object): string {
  if ('newPassword' in body) return String(body.newPassword)
  return path === '/sign-up/email' && 'password' in body ? String(body.password) : ''
}

/** Confirms an address in another browser than that of the sign-up: by the link and the password together. */
async function confirmByPassword(
  c: Asked,
  { token, password }: AuthBody<'/confirm-address'>,
  { confirming, ask }: Omit<Steps, 'browsers'>,
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
  return withCookies(confirmed, c.body(null, 204))
}

/** Where the links of mails lead first. */
function mountLinks(
  app: Marketplace,
  { ctx, settings: { origin } }: Dependencies,
  { ask, confirming }: Steps,
): void {
  /** The page that a mail's link names; of one that somebody has made up, the sign-in. */
  const pageOf = (c: Asked): URL => {
    const named = OwnPage.safeParse(c.req.query('callbackURL'))
    return new URL(named.success ? named.data : '/en/sign-in', origin)
  }
  app.get(`${AUTH_PATH}/verify-email`, limitSource(ctx, 'other requests'), async (c) => {
    const page = pageOf(c)
    const token = c.req.query('token') ?? ''
    if (await confirming.needsPassword(c, token)) {
      page.pathname = page.pathname.replace(/[^/]+$/, 'confirm-address')
      page.searchParams.set('token', token)
      return c.redirect(page.pathname + page.search)
    }
    const path = `/verify-email?token=${encodeURIComponent(token)}&callbackURL=${backTo(page)}`
    try {
      return await passOn(c, await ask(c, path))
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
