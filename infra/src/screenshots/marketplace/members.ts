import { randomUUID } from 'node:crypto'
import type { Environment } from '../../environment/environment.ts'
import { joinAccount, signUp } from '../../marketplace/people.ts'

/** People of the accounts of the fixture: one pays from the balance, one by card; one of a new account has notices. */
export const members = {
  owner: { email: 'olive@anchor.example', name: 'Olive Owner', account: 'Anchor Names' },
  noted: { email: 'nora@dune.example', name: 'Nora Noted', account: 'Dune Domains' },
  euro: { email: 'emil@birke.example', name: 'Emil Euro', account: 'Birke Domains' },
  card: { email: 'carl@cobalt.example', name: 'Carl Card', account: 'Cobalt Web' },
} as const

export type MemberKey = keyof typeof members

export const memberPassword = 'a long password of the pictures'

/** Adds them all to their accounts. */
export async function addMembers(environment: Environment): Promise<void> {
  for (const { email, name, account } of Object.values(members)) {
    const id = await ensureAccount(environment, account)
    await signUp(environment, { email, name, password: memberPassword, language: 'en', currency: 'USD' })
    await joinAccount(environment, email, id)
  }
}

type Method = 'POST' | 'PUT'

/** Requests of one of them, from a telephone, to the pages' server. Each throws unless it succeeds, and returns the answer's body. */
export async function actAs(
  { urlOf }: Environment,
  key: MemberKey,
): Promise<(method: Method, path: string, body: object) => Promise<unknown>> {
  const origin = urlOf('marketplace')
  const send = async (method: Method, path: string, body: object, cookie = '') => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), origin, cookie }
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { ...headers, 'user-agent': telephone },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${await answer.text()}`)
    return answer
  }
  const { email } = members[key]
  const signedIn = await send('POST', '/auth/sign-in/email', {
    email,
    password: memberPassword,
    callbackURL: '/en/orders',
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';', 1)[0])
    .join('; ')
  return async (method, path, body) => {
    const answer = await send(method, path, body, cookie)
    return answer.status === 204 ? undefined : answer.json()
  }
}

const telephone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/** The account of the fixture with this name, or a new one. Returns its id. */
async function ensureAccount({ ctx }: Environment, name: string): Promise<string> {
  const known = await ctx.db.selectFrom('account').select('id').where('name', '=', name).executeTakeFirst()
  if (known !== undefined) return known.id
  const id = ctx.newId()
  await ctx.db.insertInto('account').values({ id, name, currency: 'USD' }).execute()
  return id
}
