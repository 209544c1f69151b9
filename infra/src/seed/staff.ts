import type { Role } from '@droplock/rules/staff'

/** A person of the demo. */
export type DemoStaff = {
  readonly name: string
  readonly email: string
  /** Known to everybody who can read this: good for demo databases only, which is why seeding fails closed. */
  readonly password: string
  readonly roles: readonly Role[]
}

/** One for each role, so that everybody's view of the console can be seen. */
export const demoStaff: readonly DemoStaff[] = [
  person('Vera Viewer', 'viewer'),
  person('Otto Operator', 'operator'),
  person('Fay Finance', 'finance'),
  person('Abe Approver', 'finance_approver'),
  person('Ada Admin', 'admin'),
]

function person(name: string, role: Role): DemoStaff {
  const word = role.replace('finance_', '')
  return { name, email: `${word}@demo.example`, password: `demo-${word}-password`, roles: [role] }
}
