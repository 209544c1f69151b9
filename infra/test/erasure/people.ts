import { randomUUID } from 'node:crypto'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { z } from 'zod'
import type { Environment } from '../../src/environment/environment.ts'
import { linkTo } from '../../src/marketplace/people.ts'
import { holdsWithin } from '../../src/processes/wait-until.ts'

export const password = 'a password that nobody else has'

type Sent = {
  readonly method?: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** A person's browser at the marketplace, without its pages. */
export type Browser = {
  /** Throws where the answer is not the status. Returns its JSON. */
  readonly send: (path: string, status: number, sent?: Sent) => Promise<unknown>
}

export function openBrowser({ urlOf }: Environment): Browser {
  const origin = urlOf('marketplace')
  const cookies = new Map<string, string>()
  const send: Browser['send'] = async (path, status, { method = 'GET', body, headers = {} } = {}) => {
    const answer = await fetch(new URL(path, origin), {
      method,
      redirect: 'manual',
      headers: {
        origin,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';', 1)
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await answer.text()
    if (answer.status !== status)
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`)
    return text === '' || !text.startsWith('{') ? undefined : JSON.parse(text)
  }
  return { send }
}

/** Signs up by the pages' own requests, and confirms the address by the link of the mail. */
export async function joined(
  environment: Environment,
  person: { readonly name: string; readonly email: string },
  invitation?: string,
): Promise<Browser> {
  const browser = openBrowser(environment)
  const body = {
    ...person,
    password,
    language: 'en',
    currency: 'USD',
    termsVersion: TERMS_VERSION,
    callbackURL: '/en/confirmed',
    invitation,
  }
  await browser.send('/auth/sign-up/email', 204, { method: 'POST', body })
  await browser.send(await linkTo(environment, person.email, '/auth/verify-email'), 302)
  await browser.send('/api/v1/balance', 200)
  return browser
}

const Order = z.object({ id: z.string(), state: z.string() })

/** Orders a name from the balance, and waits until it is registered. Returns the order's id. */
export async function caught({ send }: Browser, body: object, drop: () => Promise<void>): Promise<string> {
  const { id } = Order.parse(await send('/api/v1/backorders', 201, { method: 'POST', body }))
  await drop()
  const isCaught = async () => Order.parse(await send(`/api/v1/backorders/${id}`, 200)).state === 'successful'
  if (!(await holdsWithin({ everyMs: 200, msMax: 60_000 }, isCaught)))
    throw new Error('the name was not caught')
  return id
}
