import type { Context } from '@droplock/core/context'
import { listRealRegistryAccounts } from '@droplock/core/registries/read'
import { Refusal } from '@droplock/rules/refusals'
import type { Role } from '@droplock/rules/staff'
import { addPerson } from './accounts.ts'
import { SeedRefused } from './seed-demo.ts'

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
  withRole('Vera Viewer', 'viewer'),
  withRole('Otto Operator', 'operator'),
  withRole('Fay Finance', 'finance'),
  withRole('Abe Approver', 'finance_approver'),
  withRole('Ada Admin', 'admin'),
]

function withRole(name: string, role: Role): DemoStaff {
  const word = role.replace('finance_', '')
  return { name, email: `${word}@demo.example`, password: `demo-${word}-password`, roles: [role] }
}

/**
 * Adds the demo's people, one for each role, with known passwords; those who are there stay as they are. Fails closed like
 * `seedDemo`: throws `SeedRefused` unless it is `allowed` and every registry account is a simulator's.
 */
export async function seedStaff(ctx: Context, allowed: boolean): Promise<readonly DemoStaff[]> {
  if (!allowed) throw new SeedRefused('demo data goes into an embedded database, or with DROPLOCK_DEMO=1')
  const real = await listRealRegistryAccounts(ctx)
  if (real.length > 0)
    throw new SeedRefused(`no demo people beside real registry accounts: ${real.join(', ')}`)
  for (const person of demoStaff) await addUnlessThere(ctx, person)
  return demoStaff
}

async function addUnlessThere(ctx: Context, person: DemoStaff): Promise<void> {
  try {
    await addPerson(ctx, person)
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'staff_exists')) throw error
  }
}
