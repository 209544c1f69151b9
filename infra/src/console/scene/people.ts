import type { Context, StaffActor } from '@droplock/core/context'
import { addStaff } from '@droplock/core/staff/add'
import { hashPassword } from '@droplock/passwords/hash'
import type { Role } from '@droplock/rules/staff/roles'

export type Person = {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly roles: readonly Role[]
}

/** One for each role, and a second approver: nobody decides what they proposed. */
export const people = {
  viewer: person('Vera Lind', 'viewer'),
  operator: person('Olek Nowak', 'operator'),
  finance: person('Fiona Adeyemi', 'finance'),
  approver: person('Arto Virtanen', 'finance_approver'),
  second: person('Sanaa Haddad', 'finance_approver'),
  admin: person('Ada Brandt', 'admin'),
} as const satisfies Record<string, Person>

export type PersonKey = keyof typeof people

/** Adds them all, and gives each as who acts. The password is known: for databases that are thrown away. */
export async function addPeople(ctx: Context): Promise<Readonly<Record<PersonKey, StaffActor>>> {
  const actor = async (key: PersonKey): Promise<StaffActor> => {
    const { email, name, roles, password } = people[key]
    const staffId = await addStaff(ctx, { email, name, roles, passwordHash: await hashPassword(password) })
    return { kind: 'staff', staffId, sessionId: ctx.newId(), email, name, roles }
  }
  return {
    viewer: await actor('viewer'),
    operator: await actor('operator'),
    finance: await actor('finance'),
    approver: await actor('approver'),
    second: await actor('second'),
    admin: await actor('admin'),
  }
}

function person(name: string, role: Role): Person {
  const email = `${name.toLowerCase().replace(' ', '.')}@droplock.example`
  return { email, name, password: `${role}-of-the-scene`, roles: [role] }
}
