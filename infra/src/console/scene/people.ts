import { asService, type Context, type StaffActor } from '@droplock/core/context'
import { addStaff } from '@droplock/core/staff/administer'
import { hashPassword } from '@droplock/passwords/passwords'
import type { Role } from '@droplock/rules/staff'
import { type DemoStaff, demoStaff } from '../../seed/staff.ts'

/** The demo's people by their role, and a second approver: nobody decides what they proposed. */
export const people = {
  viewer: having('viewer'),
  operator: having('operator'),
  finance: having('finance'),
  approver: having('finance_approver'),
  secondApprover: {
    name: 'Sam Second',
    email: 'second@demo.example',
    password: 'demo-second-password',
    roles: ['finance_approver'],
  },
  admin: having('admin'),
} as const satisfies Record<string, DemoStaff>

export type PersonKey = keyof typeof people

/** Adds them all, and gives the operator as who acts. */
export async function addPeople(ctx: Context): Promise<StaffActor> {
  for (const person of Object.values(people)) if (person !== people.operator) await add(ctx, person)
  const { email, name, roles } = people.operator
  const staffId = await add(ctx, people.operator)
  return { kind: 'staff', staffId, sessionId: ctx.newId(), email, name, roles }
}

async function add(ctx: Context, { email, name, roles, password }: DemoStaff): Promise<string> {
  return addStaff(asService(ctx), { email, name, roles, passwordHash: await hashPassword(password) })
}

function having(role: Role): DemoStaff {
  const person = demoStaff.find(({ roles }) => roles.includes(role))
  if (person === undefined) throw new Error(`the demo has nobody with the role ${role}`)
  return person
}
