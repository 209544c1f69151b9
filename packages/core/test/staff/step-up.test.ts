import { type Permission, permissionTable, roles, stepUpTable, usualAccess } from '@droplock/rules/staff'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type OperatorContext, requirePermission } from '../../src/context.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import type { ChangeFilter } from '../../src/schedule-changes/select.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { proveIdentity } from '../../src/staff/prove-identity.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { changeZonePolicy } from '../../src/zone-policy.ts'
import {
  actorOf,
  givenAnn,
  givenSecondFactor,
  makePhone,
  PASSWORD,
  sessionOf,
  verify,
} from '../support/sign-in.ts'
import { contextOf, givenListings, givenRegistry, givenStaff, ZONE } from '../support/world.ts'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code,
  )

const permissions = Object.keys(permissionTable) as Permission[]
const needsOne: readonly Permission[] = stepUpTable.permissions

test.each(permissions)('%s needs a recent proof exactly where the table says so', (permission) => {
  const actor = {
    kind: 'staff',
    staffId: 's',
    sessionId: 's',
    email: 'e',
    name: 'n',
    roles,
    standing: 'signed_in',
  } as const
  const check = (ctx: Pick<OperatorContext, 'actor'>) => () => requirePermission(ctx, permission)
  const refused = expect.objectContaining({ code: 'step_up_required' })
  if (needsOne.includes(permission)) expect(check({ actor })).toThrow(refused)
  else expect(check({ actor })).not.toThrow()
  expect(check({ actor: { ...actor, standing: 'proven' } })).not.toThrow()
  expect(check({ actor: { kind: 'command', name: 'ops' } })).not.toThrow()
})

test('what needs a proof is refused without the role first, so that nobody proves for nothing', () => {
  const actor = { kind: 'staff', standing: 'signed_in', roles: ['viewer'] } as never
  expect(() => requirePermission({ actor }, 'refunds:decide')).toThrow(
    expect.objectContaining({ code: 'forbidden' }),
  )
})

test('a change of schedules needs a proof where it is of a whole zone or day, and none where names were chosen', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: ['one.test', 'two.test'] })
    const operator = await givenStaff(ctx, 'operator')
    const stale = { ...operator, actor: { ...operator.actor, standing: 'signed_in' } as const }
    const draft = async (filter: ChangeFilter) =>
      (await previewChange(stale, { action: { kind: 'shift', seconds: 60 }, filter })).id
    const reason = 'the registry said so'
    const results: unknown[] = []
    for (const filter of [{ zone: ZONE }, { dropDate: '2026-02-15' }, { names: ['one.test'] }]) {
      results.push(await codeOf(applyChange(stale, { changeId: await draft(filter), reason })))
    }
    expect(results).toEqual(['step_up_required', 'step_up_required', 'done'])
    const changeId = await draft({ zone: ZONE })
    await applyChange(operator, { changeId, reason })
    expect(await codeOf(undoChange(stale, { changeId, reason }))).toBe('step_up_required')
  }))

test('a zone policy needs a proof', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const stale = { ...operator, actor: { ...operator.actor, standing: 'signed_in' } as const }
    const change = { zone: ZONE, policy: { graceSeconds: 120 }, reason: 'a test' }
    expect(await codeOf(changeZonePolicy(stale, change))).toBe('step_up_required')
    expect(await codeOf(changeZonePolicy(operator, change))).toBe('done')
  }))

const from = { source: '192.0.2.1', deviceSha256: undefined, verify, decoyHash: 'hash of nothing' }

test('a sign-in counts as a proof for ten minutes, and a password proves it again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const session = await sessionOf(ctx)
    const { factors } = makePhone()
    const age = (seconds: number) =>
      sql`update staff_session set proven_at = clock_timestamp() - make_interval(secs => ${seconds})`.execute(
        tx,
      )
    await age(usualAccess.proofSeconds - 5)
    expect((await actorOf(ctx))?.standing).toBe('proven')
    await age(usualAccess.proofSeconds)
    expect((await actorOf(ctx))?.standing).toBe('signed_in')
    const prove = (password: string) =>
      codeOf(proveIdentity(session, { ...from, password, code: undefined, factors }))
    expect(await prove('wrong')).toBe('invalid_credentials')
    expect((await actorOf(ctx))?.standing).toBe('signed_in')
    expect(await prove(PASSWORD)).toBe('done')
    expect((await actorOf(ctx))?.standing).toBe('proven')
  }))

test('who has a second factor proves by password and code together', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    const session = await sessionOf(ctx)
    await givenSecondFactor(session, phone)
    phone.wait()
    const prove = (password: string | undefined, code: string | undefined) =>
      codeOf(proveIdentity(session, { ...from, password, code, factors: phone.factors }))
    expect(await prove(PASSWORD, undefined)).toBe('invalid_code')
    expect(await prove(undefined, phone.code())).toBe('invalid_credentials')
    expect(await prove(PASSWORD, phone.code())).toBe('done')
  }))
