import type { Environment } from '../../environment/environment.ts'
import { joinAccount, signUp } from '../../marketplace/people.ts'

/** People of the accounts of the fixture: one pays from the balance, one by card, one only looks. */
export const members = {
  owner: { email: 'olive@anchor.example', name: 'Olive Owner', account: 'Anchor Names' },
  euro: { email: 'emil@birke.example', name: 'Emil Euro', account: 'Birke Domains' },
  card: { email: 'carl@cobalt.example', name: 'Carl Card', account: 'Cobalt Web' },
} as const

export type MemberKey = keyof typeof members

export const memberPassword = 'a long password of the pictures'

/** Adds them all to their accounts. */
export async function addMembers(environment: Environment): Promise<void> {
  for (const { email, name, account } of Object.values(members)) {
    const { id } = await environment.ctx.db
      .selectFrom('account')
      .select('id')
      .where('name', '=', account)
      .executeTakeFirstOrThrow()
    await signUp(environment, { email, name, password: memberPassword, language: 'en', currency: 'USD' })
    await joinAccount(environment, email, id)
  }
}
