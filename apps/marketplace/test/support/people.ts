import { randomInt } from 'node:crypto'
import type { Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { origin } from './processes.ts'

/** Where the mail's link leads. */
const callbackURL = '/en/confirmed'
const password = 'correct horse battery staple'

export type Person = { readonly email: string; readonly cookie: string }

/** A person who has signed up, confirmed the address, and signed in. */
export async function givenPerson(ctx: Context, url: string): Promise<Person> {
  const email = `${newId()}@example.test`
  const choices = { language: 'en', currency: 'USD', termsVersion: TERMS_VERSION, callbackURL }
  await post(url, '/auth/sign-up/email', { email, password, name: 'Kim', ...choices })
  await ctx.db.updateTable('member').set({ email_verified: true }).where('email', '=', email).execute()
  return { email, cookie: await signIn(url, email) }
}

export async function signIn(url: string, email: string): Promise<string> {
  const response = await post(url, '/auth/sign-in/email', { email, password, callbackURL })
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** A request from our own pages. Throws where it is refused. */
export async function post(url: string, path: string, body: object, cookie?: string): Promise<Response> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      origin,
      'content-type': 'application/json',
      // Sign-ups and sign-ins are limited by address.
      'x-forwarded-for': `198.18.${randomInt(256)}.${randomInt(256)}`,
      ...(cookie !== undefined && { cookie }),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response
}

/** The account of a person. They have one from their first request to the gateway. */
export async function accountOf(ctx: Context, { email }: Person): Promise<string> {
  const { account_id } = await ctx.db
    .selectFrom('member')
    .select('account_id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  if (account_id === null) throw new Error('the person has no account yet')
  return account_id
}
