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

/** The account of the fixture with this name, or a new one. Returns its id. */
async function ensureAccount({ ctx }: Environment, name: string): Promise<string> {
  const known = await ctx.db.selectFrom('account').select('id').where('name', '=', name).executeTakeFirst()
  if (known !== undefined) return known.id
  const id = ctx.newId()
  await ctx.db.insertInto('account').values({ id, name, currency: 'USD' }).execute()
  return id
}
