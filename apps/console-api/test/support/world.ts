import { asService, type Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { addStaff } from '@droplock/core/staff/administer'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { hashPassword } from '@droplock/passwords/passwords'
import type { Role } from '@droplock/rules/staff'
import { afterAll, beforeAll } from 'vitest'
import { z } from 'zod'
import type { Settings } from '../../src/console-api.ts'
import { type Ask, type Beside, createTestApp, type Send, type TestApp } from './app.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

export const password = 'a long enough password'

export type World = TestApp & { readonly ctx: Context; readonly url: string }

/** The operators' API on a database of its own, made once for the file. */
export function useWorld(
  overrides: Partial<Settings> = {},
  open: () => Promise<Beside> = async () => ({}),
): World {
  let world: World | undefined
  let drop: (() => Promise<void>) | undefined
  let following: Promise<void> | undefined
  const stop = new AbortController()
  beforeAll(async () => {
    const clone = await cloneDatabase()
    drop = clone.drop
    const ctx = { db: clone.db, newId }
    const app = createTestApp(
      { db: clone.openAs('console_api'), newId },
      overrides,
      false,
      clone.openReadsAs('console_api'),
      await open(),
    )
    world = { ctx, url: clone.url, ...app }
    following = app.follow(stop.signal)
  })
  afterAll(async () => {
    stop.abort()
    await following
    await drop?.()
  })
  const made = (): World => {
    if (world === undefined) throw new Error('the world is made before the first test, not before the file')
    return world
  }
  return {
    get ctx() {
      return made().ctx
    },
    get url() {
      return made().url
    },
    send: (ask) => made().send(ask),
    logged: () => made().logged(),
    follow: (signal) => made().follow(signal),
  }
}

export type Person = {
  readonly id: string
  readonly email: string
  /** The headers of the session: its cookie, and its CSRF token. */
  readonly cookie: string
  readonly csrfToken: string
  /** Asks as this person's browser does. */
  readonly send: Send
}

export async function givenStaff(ctx: Context, ...roles: readonly Role[]) {
  const email = `${roles.join('-')}-${newId()}@example.test`
  const name = roles.join(' and ')
  return {
    id: await addStaff(asService(ctx), { email, name, roles, passwordHash: await hashPassword(password) }),
    email,
  }
}

const SignedIn = z.object({ csrf_token: z.string() })

/** A person with these roles who has signed in. */
export async function givenPerson({ ctx, send }: World, ...roles: readonly Role[]): Promise<Person> {
  const { id, email } = await givenStaff(ctx, ...roles)
  const response = await send({ method: 'POST', path: '/api/session', body: { email, password } })
  const { csrf_token: csrfToken } = SignedIn.parse(await response.json())
  const cookie = response.headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''
  const ours = { Cookie: cookie, 'X-CSRF-Token': csrfToken }
  return {
    id,
    email,
    cookie,
    csrfToken,
    send: (ask: Ask) => send({ ...ask, headers: { ...ours, ...ask.headers } }),
  }
}
