import { expect, test } from 'vitest'
import { changeStaff, disableStaff } from '../../src/staff/administer.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code,
  )
const reason = 'a test'

test('the last active admin is neither disabled nor made something else, also by a command', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [one, other] = [await givenStaff(ctx, 'admin'), await givenStaff(ctx, 'admin')]
    const command = { ...ctx, actor: { kind: 'command', name: 'ops' } as const }
    const ofOne = { staffId: one.actor.staffId, reason }
    expect(await codeOf(disableStaff(command, { staffId: other.actor.staffId, reason }))).toBe('done')
    expect(await codeOf(disableStaff(command, ofOne))).toBe('last_admin')
    expect(await codeOf(changeStaff(command, { ...ofOne, roles: ['viewer'] }))).toBe('last_admin')
    expect(await codeOf(changeStaff(command, { ...ofOne, roles: ['admin', 'viewer'] }))).toBe('done')
  }))

test('of two admins who remove each other at once, one stays', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const [one, other] = [await givenStaff(ctx, 'admin'), await givenStaff(ctx, 'admin')]
    const results = await Promise.all([
      codeOf(disableStaff(one, { staffId: other.actor.staffId, reason })),
      codeOf(changeStaff(other, { staffId: one.actor.staffId, roles: ['viewer'], reason })),
    ])
    expect(results.filter((result) => result === 'done')).toHaveLength(1)
    const admins = await clone.db
      .selectFrom('staff_account')
      .select(['roles', 'disabled_at'])
      .where('disabled_at', 'is', null)
      .execute()
    expect(admins.filter(({ roles }) => roles.includes('admin'))).toHaveLength(1)
  } finally {
    await clone.drop()
  }
})
