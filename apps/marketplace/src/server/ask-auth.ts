import { addressOfSource, sourceFrom } from '@droplock/http/source'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import type { Dependencies, Environment } from '../marketplace.ts'
import { AUTH_PATH, SOURCE_HEADER } from './auth.ts'

export type Asked = Context<Environment>

/** What better-auth says to a request of this browser: by POST where there is a body. */
export type AskAuth = (c: Asked, path: string, body?: object) => Promise<Response>

export function openAskAuth({ auth, settings }: Pick<Dependencies, 'auth' | 'settings'>): AskAuth {
  return async (c, path, body) => {
    const headers = new Headers({ [SOURCE_HEADER]: addressOfSource(sourceFrom(c.env)) })
    for (const name of ['cookie', 'origin', 'user-agent']) {
      const value = c.req.header(name)
      if (value !== undefined) headers.set(name, value)
    }
    if (body !== undefined) headers.set('content-type', 'application/json')
    const url = new URL(AUTH_PATH + path, settings.origin)
    return auth.handler(
      body === undefined
        ? new Request(url, { headers })
        : new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
  }
}

/**
 * Redirects as they are; of other answers nothing but the cookies: the pages need no more, and a session's token is not for scripts. Throws
 * Refusal as better-auth refuses, in our words.
 */
export async function passOn(c: Asked, answer: Response): Promise<Response> {
  const location = answer.headers.get('location')
  if (location !== null) return withCookies(answer, c.redirect(location))
  if (answer.ok) return withCookies(answer, c.body(null, 204))
  throw await refusalOf(answer)
}

export function withCookies(from: Response, to: Response): Response {
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

/** Throws Error where it has failed. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const code = await codeOf(answer)
  const known = refusals[code]
  if (known !== undefined) return known()
  if (answer.status >= 500) throw new Error(`sign-in failed: ${answer.status} ${code}`)
  return new Refusal('invalid_request', `The request was refused (${code || answer.status}).`)
}

/** The password was right, and the address is not confirmed. */
export async function isUnconfirmed(answer: Response): Promise<boolean> {
  return answer.status === 403 && (await codeOf(answer)) === 'EMAIL_NOT_VERIFIED'
}

async function codeOf(answer: Response): Promise<string> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined)
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
}

export function linkInvalid(): Refusal {
  return new Refusal('link_invalid', 'This link was used already, or has expired.')
}
