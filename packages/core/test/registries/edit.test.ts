import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { getRegistryDefinition } from '../../src/registries/definition.ts'
import { editRegistry, previewRegistryEdit, type RegistryEdit } from '../../src/registries/edit.ts'
import type { ZoneTerms } from '../../src/registries/put-zone.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets } from '../support/drop.ts'
import { contextOf, givenRegistry, givenStaff, REGISTRY, REGISTRY_ACCOUNT, ZONE } from '../support/world.ts'

const reason = 'the contract of 2027'
const read = (ctx: Context) => getRegistryDefinition(asService(ctx), REGISTRY)
const edit = async (ctx: Context, parts: Omit<RegistryEdit, 'id'>, version = 1) =>
  editRegistry(await givenStaff(ctx, 'operator'), { id: REGISTRY, version, reason, ...parts })
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code,
  )

const terms = {
  name: ZONE,
  standardFeeMinor: 1_200n,
  renewFeeMinor: 1_100n,
  phaseFeeMinor: 200n,
  mayHavePremium: true,
  contactRoles: [],
  rdapUrl: 'https://rdap.registry.test/',
  lateRenewalDays: 20,
  autoRenewGraceDays: 40,
} as const satisfies ZoneTerms

test('an edit changes the part that it names, is audited with its reason, and makes another version', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    const before = await read(ctx)
    expect(before.version).toBe(1)
    const limits = { sessionsMax: 2, commandsPerSecondMax: 10, idleSecondsMax: 120 }
    await edit(ctx, { account: { id: REGISTRY_ACCOUNT, limits, sourceAddress: '192.0.2.7' } })
    const after = await read(ctx)
    expect(after).toMatchObject({ version: 2, zones: before.zones, quarantine: before.quarantine })
    expect(after.accounts).toEqual([{ ...before.accounts[0], limits, sourceAddress: '192.0.2.7' }])
    const entries = await db
      .selectFrom('audit_entry')
      .select(['action', 'subject_id', 'reason'])
      .where('reason', '=', reason)
      .execute()
    expect(entries).toEqual([{ action: 'registry_account.set', subject_id: REGISTRY_ACCOUNT, reason }])
  }))

test('an edit of a version that is no longer in force is refused, and nothing of it is kept', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    await edit(ctx, { confirmation: { by: ['rdap'], rdapPerMinuteMax: 30 } })
    const late = edit(ctx, { confirmation: { by: ['info'], rdapPerMinuteMax: 60 } })
    await expect(late).rejects.toMatchObject({ code: 'stale_version', facts: { version: 2 } })
    expect((await read(ctx)).confirmation).toEqual({ by: ['rdap'], rdapPerMinuteMax: 30 })
  }))

test('a preview shows the registry before and after an edit, and keeps nothing', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const before = await read(ctx)
    const seen = await previewRegistryEdit(operator, { id: REGISTRY, zone: terms })
    expect(seen.before).toEqual(before)
    expect(seen.after.zones).toMatchObject([terms])
    expect(await read(ctx)).toEqual(before)
  }))

test('the caps of names that are not decided follow an edited fee at once (rule 3)', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenArmedTargets(ctx)
    const { version } = await read(ctx)
    await edit(ctx, { zone: terms }, version)
    const caps = await db.selectFrom('catch_target').select('fee_max_minor').distinct().execute()
    expect(caps).toEqual([{ fee_max_minor: 1_400n }])
  }))

test('an edit refuses what does not exist, what the profile cannot use, no reason, and a session without a recent proof', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    const account = { id: REGISTRY_ACCOUNT, limits: {} }
    const operator = await givenStaff(ctx, 'operator')
    const stale = { ...operator, actor: { ...operator.actor, standing: 'signed_in' } as const }
    const viewer = await givenStaff(ctx, 'viewer')
    const whole = { id: REGISTRY, version: 1, reason, account }
    expect(await refused(edit(ctx, { account: { ...account, id: 'nobody' } }))).toBe(
      'registry_account_not_found',
    )
    expect(await refused(edit(ctx, { zone: { ...terms, name: 'other' } }))).toBe('zone_not_found')
    expect(await refused(edit(ctx, { account: { ...account, limits: { sessionsMax: 0 } } }))).toBe(
      'registry_account_invalid',
    )
    expect(await refused(editRegistry(operator, { ...whole, id: 'none' }))).toBe('registry_not_found')
    expect(await refused(editRegistry(operator, { ...whole, reason: ' ' }))).toBe('reason_required')
    expect(await refused(editRegistry(stale, whole))).toBe('step_up_required')
    expect(await refused(editRegistry(viewer, whole))).toBe('forbidden')
    expect((await read(ctx)).version).toBe(1)
  }))
