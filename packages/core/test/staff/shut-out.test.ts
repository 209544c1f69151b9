import { usualAccess } from '@droplock/rules/staff'
import { expect, test } from 'vitest'
import { setHoldLimits } from '../../src/accounts/administer.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { databaseTime } from '../../src/database/time.ts'
import { lockNamedAccount } from '../../src/locks.ts'
import { changeStaff, disableStaff, enableStaff, resetPassword } from '../../src/staff/administer.ts'
import { authenticateSession } from '../../src/staff/authenticate.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { untilAnswered, untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenAccount, givenStaff } from '../support/world.ts'

const command = (ctx: Context) => ({ ...ctx, actor: { kind: 'command', name: 'ops' } as const })

async function givenSession(ctx: StaffContext): Promise<Buffer> {
  const token = Buffer.from(ctx.newId())
  const now = await databaseTime(ctx.db)
  const later = new Date(now.getTime() + 60_000)
  await ctx.db
    .insertInto('staff_session')
    .values({
      id: ctx.newId(),
      staff_id: ctx.actor.staffId,
      token_sha256: token,
      csrf_sha256: token,
      created_at: now,
      seen_at: now,
      idle_expires_at: later,
      expires_at: later,
    })
    .execute()
  return token
}

test('a disabled person has no session, and no old one when enabled again', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const person = await givenStaff(ctx, 'operator')
    const token = await givenSession(person)
    expect(await authenticateSession(ctx, token, usualAccess)).toBeDefined()
    const { staffId } = person.actor
    await disableStaff(command(ctx), { staffId, reason: 'left' })
    expect(await authenticateSession(ctx, token, usualAccess)).toBeUndefined()
    await enableStaff(command(ctx), { staffId, reason: 'came back' })
    expect(await authenticateSession(ctx, token, usualAccess)).toBeUndefined()
  }))

test('a password reset ends all sessions', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const person = await givenStaff(ctx, 'operator')
    const token = await givenSession(person)
    const { staffId } = person.actor
    await resetPassword(command(ctx), { staffId, passwordHash: 'another', reason: 'leaked' })
    expect(await authenticateSession(ctx, token, usualAccess)).toBeUndefined()
  }))

test('nobody changes or disables their own account, and an operator changes nobody', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const admin = await givenStaff(ctx, 'admin')
    const operator = await givenStaff(ctx, 'operator')
    const own = { staffId: admin.actor.staffId, reason: 'more work' }
    await expect(changeStaff(admin, { ...own, roles: ['finance'] })).rejects.toMatchObject({
      code: 'own_account',
    })
    await expect(disableStaff(admin, own)).rejects.toMatchObject({ code: 'own_account' })
    for (const change of [changeStaff, disableStaff, enableStaff])
      await expect(change(operator, own)).rejects.toMatchObject({ code: 'forbidden' })
  }))

test('a request that is running when its person is disabled is not committed, however long it waited', async () => {
  const { db, drop } = await cloneDatabase()
  const ctx = contextOf(db)
  const person = await givenStaff(ctx, 'operator')
  const { accountId } = (await givenAccount(ctx)).actor
  const limits = { accountId, beforePaid: 1, afterPaid: 2, reason: 'abuse' }
  let changing: Promise<unknown> = Promise.resolve()
  await db.transaction().execute(async (tx) => {
    await lockNamedAccount(tx, accountId)
    // It has its session, and waits for the account.
    changing = untilAnswered(() => setHoldLimits(person, limits)).catch((error: unknown) => error)
    await untilOneWaits(db)
    await disableStaff(command(ctx), { staffId: person.actor.staffId, reason: 'left' })
  })
  expect(await changing).toMatchObject({ code: 'session_required' })
  const account = await db.selectFrom('account').select('open_holds_max').executeTakeFirstOrThrow()
  expect(account.open_holds_max).not.toBe(2)
  await drop()
})
