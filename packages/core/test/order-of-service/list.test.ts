import type { CatchLimits } from '@droplock/rules/drop/capacity'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { setDefaultContacts } from '../../src/contacts/defaults.ts'
import { asService, type Context } from '../../src/context.ts'
import { noteMaintenance } from '../../src/maintenances.ts'
import { listOrderOfService } from '../../src/order-of-service/list.ts'
import { readAwaitedNames } from '../../src/order-of-service/read-names.ts'
import { stopRegistry } from '../../src/registry-stops/stop.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { outcomeOf } from '../support/drop.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  REGISTRY,
  REGISTRY_ACCOUNT,
  zone,
} from '../support/world.ts'

const NAMES = ['zeta.test', 'alpha.test', 'mid.test'] as const
const HOUR_MS = 3_600_000
const CONTACT = {
  postal: [{ type: 'int', name: 'Ada', street: ['1 Quay'], city: 'Cork', country: 'IE' }],
  email: 'ada@example.test',
} as const

/** Two creates a second, whatever the contract. */
const twoASecond = (): CatchLimits => ({ sessionsMax: 4, commandsPerSecondMax: 2 })

/** Paid orders of these names, one after another, that drop at one instant. */
async function givenOrders(ctx: Context, names: readonly string[] = NAMES, zones = [zone()]): Promise<void> {
  await givenRegistry(ctx, zones)
  await givenListings(ctx, { names: [...names], purgeAt: new Date(Date.now() + HOUR_MS) })
  const buyer = await givenAccount(ctx)
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
}

const list = (
  ctx: Context,
  query: { served?: boolean; offset?: number; limit?: number; from?: Date; to?: Date } = {},
) => listOrderOfService(asService(ctx), { registryId: REGISTRY, offset: 0, limit: 50, ...query }, twoASecond)

const reasonsOf = async (ctx: Context) => (await list(ctx)).items.map(({ reason }) => reason)

test('paid names are listed in the order in which they were secured, with what the limits can serve', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOrders(ctx)
    const listed = await list(ctx)
    expect(listed).toMatchObject({
      total: 3,
      names: 3,
      unserved: 1,
      accounts: [{ id: REGISTRY_ACCOUNT, createsPerSecond: 2, namesInTurn: 20, obstacles: [] }],
    })
    expect(listed.items.map(({ name, position, reason }) => [name, position, reason])).toEqual([
      ['zeta.test', 1, undefined],
      ['alpha.test', 2, undefined],
      ['mid.test', 3, 'capacity'],
    ])
    expect(listed.items[2]).toMatchObject({ basis: 'known_instant', sharing: 3, capacity: 2, lateSeconds: 1 })
    expect((await list(ctx, { served: false })).items.map(({ name }) => name)).toEqual(['mid.test'])
    expect((await list(ctx, { offset: 1, limit: 1 })).items.map(({ name }) => name)).toEqual(['alpha.test'])
    expect((await list(ctx, { from: new Date(Date.now() + 3 * HOUR_MS) })).total).toBe(0)
    expect((await list(ctx, { to: new Date() })).total).toBe(0)
    await expect(
      listOrderOfService(asService(ctx), { registryId: 'nowhere', offset: 0, limit: 1 }, twoASecond),
    ).rejects.toMatchObject({ code: 'registry_not_found' })
  }))

test('armed names stay in it, decided ones and unpaid holds are not in it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOrders(ctx)
    await givenListings(ctx, { names: ['held.test'] })
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    await placeBackorder(buyer, { name: 'held.test', payment: 'card' })
    await sql`update listing set cutoff_at = clock_timestamp() where name <> 'held.test'`.execute(tx)
    while ((await closeDue(ctx)).closed > 0);
    expect((await list(ctx)).items.map(({ name }) => name)).toEqual([...NAMES])
    const target = await tx
      .selectFrom('catch_target')
      .select(['id', 'listing_id'])
      .where('name', '=', 'zeta.test')
      .executeTakeFirstOrThrow()
    await beginFiring(ctx, [target.id])
    expect((await list(ctx)).total).toBe(3)
    await recordOutcome(ctx, outcomeOf(target.id, target.listing_id, 'missed'))
    expect((await list(ctx)).items.map(({ name, reason }) => [name, reason])).toEqual([
      ['alpha.test', undefined],
      ['mid.test', undefined],
    ])
  }))

test('what keeps every account from creating is the reason, for all names', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOrders(ctx, ['one.test'])
    const operator = await givenStaff(ctx, 'operator')
    expect(await reasonsOf(ctx)).toEqual([undefined])
    await noteMaintenance(operator, {
      registryId: REGISTRY,
      startsAt: new Date(Date.now() + HOUR_MS / 2),
      endsAt: new Date(Date.now() + 2 * HOUR_MS),
      reason: 'their mail',
    })
    expect(await reasonsOf(ctx)).toEqual(['in_maintenance'])
    const soon = sql<Date>`clock_timestamp() + interval '10 minutes'`
    await tx.updateTable('registry_account').set({ password_expires_at: soon }).execute()
    expect(await reasonsOf(ctx)).toEqual(['password_expired'])
    const about = { subject: REGISTRY_ACCOUNT, facts: {} }
    await raiseAlarms(ctx, [
      { kind: 'account_not_ready', ...about, facts: { zones: ['other'], missing: ['a fee'] } },
    ])
    expect(await reasonsOf(ctx)).toEqual(['password_expired'])
    await raiseAlarms(ctx, [
      { kind: 'account_not_ready', ...about, facts: { zones: ['test'], missing: ['a fee'] } },
    ])
    expect(await reasonsOf(ctx)).toEqual(['account_not_ready'])
    await raiseAlarms(ctx, [{ kind: 'lease_unheld', ...about }])
    expect(await list(ctx)).toMatchObject({
      items: [{ reason: expect.stringMatching('no_catcher|account_not_ready') }],
    })
    await stopRegistry(operator, { registryId: REGISTRY, reason: 'a test' })
    expect(await reasonsOf(ctx)).toEqual(['registry_stopped'])
  }))

test('a zone that needs contacts is served where the account has them', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOrders(ctx, ['one.test'], [zone({ contactRoles: ['registrant'] })])
    expect(await reasonsOf(ctx)).toEqual(['no_contacts'])
    await setDefaultContacts(asService(ctx), {
      registryAccountId: REGISTRY_ACCOUNT,
      contacts: { registrant: CONTACT },
      reason: 'a test',
    })
    expect(await reasonsOf(ctx)).toEqual(['no_contacts'])
    await tx.updateTable('registry_contact').set({ state: 'created', decided_at: new Date() }).execute()
    expect(await reasonsOf(ctx)).toEqual([undefined])
  }))

const names = (of: Awaited<ReturnType<typeof readAwaitedNames>>) => of.map(({ name }) => name)

test('a day is one of the zone, and the next one unless said otherwise', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOrders(ctx, ['one.test', 'two.test'], [zone({ dropTimeZone: 'Pacific/Auckland' })])
    const move = (name: string, days: number) =>
      sql`update listing set drop_from = moved.at, drop_to = moved.at + interval '1 minute' from (
        select ((statement_timestamp() at time zone 'Pacific/Auckland')::date + ${days}::integer + time '00:30') at time zone 'Pacific/Auckland' as at
      ) as moved where name = ${name}`.execute(tx)
    await move('one.test', 1)
    await move('two.test', 2)
    expect(names(await readAwaitedNames(tx, REGISTRY, { kind: 'day' }))).toEqual(['one.test'])
    expect(names(await readAwaitedNames(tx, REGISTRY, { kind: 'between' }))).toEqual(['one.test'])
    const [day] = (
      await sql<{
        day: string
      }>`select ((statement_timestamp() at time zone 'Pacific/Auckland')::date + 2)::text as day`.execute(tx)
    ).rows
    expect(names(await readAwaitedNames(tx, REGISTRY, { kind: 'day', day: day?.day }))).toEqual(['two.test'])
  }))
