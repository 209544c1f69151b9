import { setTimeout as wait } from 'node:timers/promises'
import { violated } from '@droplock/core/database/errors'
import { countRequest, type RequestLimit } from '@droplock/core/members/count-request'
import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { addressOfSource, sourceFrom } from '@droplock/http/source'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import { timeout } from 'hono/timeout'
import { z } from 'zod'
import type { Dependencies, Environment, Marketplace } from '../marketplace.ts'
import { AUTH_PATH, SOURCE_HEADER } from './auth.ts'
import { type AuthBody, type AuthPath, authBodies, OwnPage, parse } from './bodies.ts'
import { type Confirming, openConfirming } from './confirming.ts'
import { digestOf } from './digest.ts'
import type { Visitors } from './visitors.ts'

/** Names, addresses and passwords. Octets. */
const BODY_BYTES_MAX = 8_192

/**
 * Answers that would otherwise come sooner or later by whether an address is known. Longer than a hash and a statement take together; mails
 * are sent after the answer. Milliseconds.
 */
const SAME_MS = 400

/** Guesses at the password of one address, wherever they come from; each source has fewer. */
const guesses: RequestLimit = { max: 100, windowSeconds: 3_600 }

/** The id is made up where the address is known already. */
const SignedUp = z.object({ user: z.object({ id: z.string() }) })

type Ask = Context<Environment>

/**
 * Sign-up, sign-in, confirmed addresses and passwords: better-auth's own routes, as far as the pages use them. What else it has, or gets in
 * a later version, is not reached.
 */
export function mountAuth(app: Marketplace, dependencies: Dependencies, visitors: Visitors): void {
  const { ctx, auth, settings } = dependencies
  const guards = [uncached, timeout(settings.requestMsMax)] as const
  /** What better-auth says to a request of this browser. */
  const ask = (c: Ask, path: string, body?: object): Promise<Response> => {
    const headers = new Headers({ [SOURCE_HEADER]: addressOfSource(sourceFrom(c.env)) })
    for (const name of ['cookie', 'origin', 'user-agent']) {
      const value = c.req.header(name)
      if (value !== undefined) headers.set(name, value)
    }
    if (body !== undefined) headers.set('content-type', 'application/json')
    return auth.handler(
      new Request(new URL(AUTH_PATH + path, settings.origin), {
        method: body === undefined ? 'GET' : 'POST',
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  }
  const confirming = openConfirming(dependencies)
  const post = <Path extends AuthPath>(
    path: Path,
    answer: (c: Ask, body: AuthBody<Path>) => Promise<Response>,
    isEven = false,
  ) =>
    app.post(AUTH_PATH + path, ...guards, limitBody(BODY_BYTES_MAX), requireJson, async (c) => {
      const body = parse(authBodies[path], await c.req.json()) as AuthBody<Path>
      const [answered] = await Promise.all([answer(c, body), isEven ? wait(SAME_MS) : undefined])
      return answered
    })
  const plain = (path: AuthPath) => async (c: Ask, body: object) => passOn(c, await ask(c, path, body))

  post(
    '/sign-up/email',
    async (c, body) => {
      if (!(await visitors.currencies()).includes(body.currency))
        throw new Refusal('currency_not_sold', 'Names are not sold in this currency.')
      const answer = await ask(c, '/sign-up/email', body)
      if (answer.ok) await confirming.expect(c, SignedUp.parse(await answer.clone().json()).user.id)
      return passOn(c, answer)
    },
    true,
  )
  post('/sign-in/email', async (c, body) => {
    if (!(await countRequest(ctx, `sign-in ${digestOf(body.email)}`, guesses))) throw tooMany()
    const answer = await ask(c, '/sign-in/email', { email: body.email, password: body.password })
    if (await isUnconfirmed(answer)) {
      // They know the password: the link that is sent now is all that lacks.
      await confirming.expectAddress(c, body.email)
      await ask(c, '/send-verification-email', { email: body.email, callbackURL: body.callbackURL })
    }
    return passOn(c, answer)
  })
  post('/confirm-address', (c, body) => confirmByPassword(c, body, { confirming, ask }))
  post('/send-verification-email', plain('/send-verification-email'), true)
  post('/request-password-reset', plain('/request-password-reset'), true)
  for (const path of ['/sign-out', '/reset-password', '/change-password', '/change-email'] as const)
    post(path, plain(path))

  app.get(`${AUTH_PATH}/verify-email`, ...guards, async (c) => {
    const page = pageOf(c)
    const token = c.req.query('token') ?? ''
    if (await confirming.needsPassword(c, token)) {
      page.pathname = page.pathname.replace(/[^/]+$/, 'confirm-address')
      page.searchParams.set('token', token)
      return c.redirect(page.pathname + page.search)
    }
    const back = encodeURIComponent(page.pathname + page.search)
    try {
      return await passOn(
        c,
        await ask(c, `/verify-email?token=${encodeURIComponent(token)}&callbackURL=${back}`),
      )
    } catch (error) {
      if (!violated(error, 'member_email_unique')) throw error
      // Another person has confirmed the same new address meanwhile.
      page.searchParams.set('error', 'INVALID_TOKEN')
      return c.redirect(page.pathname + page.search)
    }
  })
  app.get(`${AUTH_PATH}/reset-password/:token`, ...guards, async (c) => {
    const page = pageOf(c)
    const back = encodeURIComponent(page.pathname + page.search)
    const token = encodeURIComponent(c.req.param('token'))
    return passOn(c, await ask(c, `/reset-password/${token}?callbackURL=${back}`))
  })

  /** The page that a mail's link names; of one that somebody has made up, the sign-in. */
  const pageOf = (c: Ask): URL => {
    const named = OwnPage.safeParse(c.req.query('callbackURL'))
    return new URL(named.success ? named.data : '/en/sign-in', settings.origin)
  }
}

type Confirm = {
  readonly confirming: Confirming
  readonly ask: (c: Ask, path: string, body?: object) => Promise<Response>
}

/** Confirms an address in another browser than that of the sign-up: by the link and the password together. */
async function confirmByPassword(
  c: Ask,
  { token, password }: AuthBody<'/confirm-address'>,
  { confirming, ask }: Confirm,
): Promise<Response> {
  const email = await confirming.addressOf(token)
  if (email === undefined) throw linkInvalid()
  const answer = await ask(c, '/sign-in/email', { email, password })
  if (!(await isUnconfirmed(answer))) return passOn(c, answer)
  const confirmed = await ask(
    c,
    `/verify-email?token=${encodeURIComponent(token)}&callbackURL=%2Fen%2Fconfirmed`,
  )
  if (new URL(confirmed.headers.get('location') ?? '/', 'http://here.invalid').searchParams.has('error'))
    throw linkInvalid()
  return withCookies(c, confirmed, c.body(null, 204))
}

/** Redirects as they are; of other answers nothing but the cookies: the pages need no more, and a session's token is not for scripts. */
async function passOn(c: Ask, answer: Response): Promise<Response> {
  const location = answer.headers.get('location')
  if (location !== null) return withCookies(c, answer, c.redirect(location))
  if (answer.ok) return withCookies(c, answer, c.body(null, 204))
  throw await refusalOf(answer)
}

function withCookies(_c: Ask, from: Response, to: Response): Response {
  for (const cookie of from.headers.getSetCookie()) to.headers.append('Set-Cookie', cookie)
  return to
}

const refusals: Readonly<Record<string, () => Refusal>> = {
  INVALID_EMAIL_OR_PASSWORD: () =>
    new Refusal('invalid_credentials', 'The address or the password is wrong.'),
  INVALID_PASSWORD: () => new Refusal('invalid_credentials', 'The password is wrong.'),
  EMAIL_NOT_VERIFIED: () =>
    new Refusal('email_not_verified', 'Confirm your email address first, by the link that was sent to it.'),
  INVALID_TOKEN: linkInvalid,
  TOKEN_EXPIRED: linkInvalid,
  USER_NOT_FOUND: linkInvalid,
  // Another request has just signed up with the address.
  FAILED_TO_CREATE_USER: () => new Refusal('try_again', 'Nothing was changed; try again.'),
  UNAUTHORIZED: () => new Refusal('unauthenticated', 'Sign in first.'),
}

/** better-auth's refusals in our words. Throws Error where it has failed. */
async function refusalOf(answer: Response): Promise<Refusal> {
  if (answer.status === 429) return tooMany(Number(answer.headers.get('x-retry-after')) || undefined)
  const code = await codeOf(answer)
  const known = refusals[code]
  if (known !== undefined) return known()
  if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status} ${code}`)
  return new Refusal('invalid_request', `The request was refused (${code || answer.status}).`)
}

async function isUnconfirmed(answer: Response): Promise<boolean> {
  return answer.status === 403 && (await codeOf(answer)) === 'EMAIL_NOT_VERIFIED'
}

async function codeOf(answer: Response): Promise<string> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined)
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}

function tooMany(seconds?: number): Refusal {
  return new Refusal('address_limited', 'Too many requests. Wait a little, then try again.', {
    ...(seconds !== undefined && { retry_after_seconds: seconds }),
  })
}

function linkInvalid(): Refusal {
  return new Refusal('link_invalid', 'This link was used already, or has expired.')
}
