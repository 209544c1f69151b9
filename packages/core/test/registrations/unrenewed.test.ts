import type { DomainInfo } from '@droplock/rules/ports/registrar'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { recordAutoRenewal } from '../../src/registrations/auto-renewal.ts'
import { findDueRegistrations, recordConfirmation } from '../../src/registrations/confirm.ts'
import { findOverdueDeletions } from '../../src/registrations/find-overdue-deletions.ts'
import { notifyExpiry } from '../../src/registrations/notify-expiry.ts'
import { getRegistration, listRegistrations } from '../../src/registrations/read.ts'
import { setNameServers } from '../../src/registrations/request.ts'
import { requestDeletions } from '../../src/registrations/request-deletions.ts'
import { settleDeletion } from '../../src/registrations/settle-deletion.ts'
import { claimDueRequest } from '../../src/registry-requests/claim-due.ts'
import { orderRenewal } from '../../src/renewals/order.ts'
import { quoteRenewal } from '../../src/renewals/read.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenDecided, NAME } from '../support/held.ts'
import { registrationOf } from '../support/registration-of.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import { untilOneWaits } from '../support/waiting.ts'
import { contextOf, REGISTRY_ACCOUNT } from '../support/world.ts'

/** A caught name that expired so many days ago and that its holder has been notified about. */
async function givenExpired(ctx: Context, daysAgo = 1) {
  const decided = await givenDecided(ctx, 'registered')
  await expire(ctx, daysAgo)
  await notifyExpiry(ctx)
  const registrationId = await registrationOf(decided.buyer, decided.backorderId)
  return { ...decided, registrationId }
}

async function expire(ctx: Context, daysAgo: number): Promise<void> {
  await sql`update registration set cr_date = clock_timestamp() - interval '400 days',
    expires_at = clock_timestamp() - make_interval(days => ${daysAgo}::integer)`.execute(ctx.db)
}

/** So many days later: everything that was noted about the expiry lies further back. */
async function passDays(ctx: Context, days: number): Promise<void> {
  const earlier = sql`make_interval(days => ${days}::integer)`
  await sql`update registration set expires_at = expires_at - ${earlier}, notice_expires_at = notice_expires_at - ${earlier},
    renewable_until = renewable_until - ${earlier}, auto_renewed_until = auto_renewed_until - ${earlier}`.execute(
    ctx.db,
  )
}

const readRow = (ctx: Context) => ctx.db.selectFrom('registration').selectAll().executeTakeFirstOrThrow()

async function topics(ctx: Context): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom('event')
    .select('topic')
    .where(sql<boolean>`topic like 'registration.%'`)
    .orderBy('id')
    .execute()
  return rows.map(({ topic }) => topic)
}

async function charges(ctx: Context) {
  return ctx.db
    .selectFrom('registry_charge')
    .select(['kind', 'years', 'amount_minor', 'basis'])
    .where('kind', '<>', 'registration')
    .orderBy('id')
    .execute()
}

function oneYearAfter(instant: Date): Date {
  const later = new Date(instant)
  later.setUTCFullYear(later.getUTCFullYear() + 1)
  return later
}

/** What the registry says of the name, recorded as the catcher does. */
async function confirm(ctx: Context, changes: Partial<DomainInfo>): Promise<void> {
  await sql`update registration set confirm_after = clock_timestamp()`.execute(ctx.db)
  const [due] = await findDueRegistrations(ctx, REGISTRY_ACCOUNT, 1)
  if (due === undefined) expect.fail('nothing is to be confirmed')
  const info = { name: NAME, roid: 'R', clID: 'droplock', statuses: ['ok'], rgpStatuses: [], ...changes }
  await recordConfirmation(ctx, due, { kind: 'held', info })
}

test('a name that nobody renews is expired, and its holder is notified once, and until when it can be renewed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, registrationId } = await givenExpired(ctx)
    expect(await notifyExpiry(ctx)).toBe(0)
    expect(await topics(ctx)).toEqual(['registration.expired'])
    const { state, renewableUntil } = await getRegistration(buyer, registrationId)
    expect(state).toBe('expired')
    const { rows } = await sql<{ days: number }>`
      select round(extract(epoch from renewable_until - clock_timestamp()) / 86400)::integer as days from registration`.execute(
      tx,
    )
    expect(rows).toEqual([{ days: 30 }])
    const { validUntil } = await quoteRenewal(buyer, { registrationId, years: 1 })
    expect(validUntil).toEqual(renewableUntil)
    expect((await listRegistrations(buyer, { state: 'expired', limit: 5 })).items).toHaveLength(1)
    expect((await listRegistrations(buyer, { state: 'registered', limit: 5 })).items).toEqual([])
  }))

test('a name that nobody renews that its registry renews by itself is charged once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenExpired(ctx)
    const exDate = oneYearAfter((await readRow(ctx)).expires_at)
    await confirm(ctx, { exDate })
    await confirm(ctx, { exDate })
    expect(await charges(ctx)).toEqual([
      { kind: 'auto_renewal', years: 1, amount_minor: 800n, basis: 'configured' },
    ])
    expect(await topics(ctx)).toEqual(['registration.expired', 'registration.auto_renewed'])
    expect((await readRow(ctx)).auto_renewed_until).toEqual(exDate)
  }))

test('a name that nobody renews is deleted after that time, and what the registry took for it is credited', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, registrationId } = await givenExpired(ctx)
    await confirm(ctx, { exDate: oneYearAfter((await readRow(ctx)).expires_at) })
    expect(await requestDeletions(ctx)).toBe(0)
    await passDays(ctx, 30)
    expect(await requestDeletions(ctx)).toBe(1)
    expect(await requestDeletions(ctx)).toBe(0)
    const due = await claimDueRequest(ctx, REGISTRY_ACCOUNT)
    if (due?.kind !== 'delete') expect.fail('no deletion is due')
    expect(due).toMatchObject({ name: NAME, registrationId, wasSent: false })
    expect(await claimDueRequest(ctx, REGISTRY_ACCOUNT, { changes: false })).toBeUndefined()
    const settlement = { requestId: due.id, registrationId, outcome: 'deleted', code: 1001 } as const
    expect(await settleDeletion(ctx, { ...settlement, svTRID: 'S-9' })).toBe(true)
    expect(await settleDeletion(ctx, { ...settlement, svTRID: 'S-9' })).toBe(false)
    expect((await charges(ctx)).map(({ kind, amount_minor }) => [kind, amount_minor])).toEqual([
      ['auto_renewal', 800n],
      ['auto_renewal_credit', -800n],
    ])
    expect(await getRegistration(buyer, registrationId)).toMatchObject({
      state: 'ended',
      endReason: 'deleted',
    })
    expect(await topics(ctx)).toEqual([
      'registration.expired',
      'registration.auto_renewed',
      'registration.deletion_requested',
      'registration.ended',
    ])
  }))

test('a name that nobody renews that is deleted after the grace of its registry is not credited', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { registrationId } = await givenExpired(ctx, 50)
    const { expires_at: expiresAt } = await readRow(ctx)
    await recordAutoRenewal(ctx, registrationId, { at: [expiresAt], until: oneYearAfter(expiresAt) })
    await passDays(ctx, 30)
    await requestDeletions(ctx)
    const due = await claimDueRequest(ctx, REGISTRY_ACCOUNT)
    const ended = { registrationId, outcome: 'deleted', code: 1001, svTRID: null } as const
    await settleDeletion(ctx, { ...ended, requestId: due?.id ?? '' })
    expect((await charges(ctx)).map(({ kind }) => kind)).toEqual(['auto_renewal'])
  }))

test('a name that nobody renews and that is being deleted can neither be renewed nor changed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, registrationId } = await givenExpired(ctx)
    await passDays(ctx, 30)
    await requestDeletions(ctx)
    await expect(quoteRenewal(buyer, { registrationId, years: 1 })).rejects.toMatchObject({
      code: 'registration_expired',
    })
    const wanted = [{ name: 'ns1.example.net' }, { name: 'ns2.example.net' }]
    await expect(setNameServers(buyer, { registrationId, wanted })).rejects.toMatchObject({
      code: 'registration_ended',
    })
  }))

test('a name that nobody renews and is still not deleted a day later is an alarm, until it is', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, registrationId } = await givenExpired(ctx)
    await passDays(ctx, 32)
    await requestDeletions(ctx)
    expect(await findOverdueDeletions(ctx)).toEqual([])
    await sql`update registration set deletion_requested_at = deletion_requested_at - interval '25 hours'`.execute(
      tx,
    )
    await sql`update registry_request set answer_code = 2305 where kind = 'delete'`.execute(tx)
    expect(await findOverdueDeletions(ctx)).toEqual([
      { subject: listingId, facts: expect.objectContaining({ name: NAME, answerCode: 2305 }) },
    ])
    const due = await claimDueRequest(ctx, REGISTRY_ACCOUNT)
    const ended = { registrationId, outcome: 'deleted', code: 1000, svTRID: null } as const
    await settleDeletion(ctx, { ...ended, requestId: due?.id ?? '' })
    expect(await findOverdueDeletions(ctx)).toEqual([])
  }))
test('a late renewal of a name that its registry renewed costs the registry nothing more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId, registrationId } = await givenExpired(ctx)
    const { expires_at: expiresAt } = await readRow(ctx)
    await confirm(ctx, { exDate: oneYearAfter(expiresAt) })
    await quoteAndOrder(buyer, backorderId)
    expect(await carryOut(ctx, 'renewed')).toBe(true)
    expect((await charges(ctx)).map(({ kind, years }) => [kind, years])).toEqual([['auto_renewal', 1]])
    expect(await getRegistration(buyer, registrationId)).toMatchObject({
      state: 'registered',
      expiresAt: oneYearAfter(expiresAt),
      renewableUntil: null,
      autoRenewedUntil: null,
    })
    await passDays(ctx, 40)
    expect(await requestDeletions(ctx)).toBe(0)
  }))

test('a late renewal of several years is charged for those that the registry has not renewed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenExpired(ctx)
    await confirm(ctx, { exDate: oneYearAfter((await readRow(ctx)).expires_at) })
    await quoteAndOrder(buyer, backorderId, 'balance', 3)
    expect(await carryOut(ctx, 'renewed')).toBe(true)
    expect((await charges(ctx)).map(({ kind, years, amount_minor }) => [kind, years, amount_minor])).toEqual([
      ['auto_renewal', 1, 800n],
      ['renewal', 2, 1_600n],
    ])
  }))

test('a late renewal that fails leaves the name as it was: expired, renewable until the same day', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenExpired(ctx)
    const { renewable_until: before } = await readRow(ctx)
    await quoteAndOrder(buyer, backorderId)
    await carryOut(ctx, 'refused')
    expect((await readRow(ctx)).renewable_until).toEqual(before)
  }))

test('a late renewal is not judged by a confirmation while it is under way: a renew adds years too', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenExpired(ctx)
    await quoteAndOrder(buyer, backorderId)
    await confirm(ctx, { exDate: oneYearAfter((await readRow(ctx)).expires_at) })
    expect(await charges(ctx)).toEqual([])
  }))

test('a late renewal that is ordered at the last moment keeps the name, and one that comes later is refused', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const { buyer, backorderId, registrationId } = await givenExpired(ctx)
    // The order holds the registration and is not committed when the deletion looks.
    await clone.db.transaction().execute(async (tx) => {
      await quoteAndOrder({ ...buyer, db: tx }, backorderId)
      await sql`update registration set renewable_until = clock_timestamp() where id = ${registrationId}`.execute(
        tx,
      )
      expect(await requestDeletions(ctx)).toBe(0)
    })
    expect(await requestDeletions(ctx)).toBe(0)
    await carryOut(ctx, 'refused')
    // Now the deletion holds it, and the order waits for it.
    await sql`update registration set renewable_until = clock_timestamp() where id = ${registrationId}`.execute(
      ctx.db,
    )
    const { expires_at: expiresAt } = await readRow(ctx)
    const quoted = { priceMinor: 1_500n, currency: 'USD', expiresAt }
    const order = { registrationId, years: 1, payment: 'balance', quoted } as const
    const late = await clone.db.transaction().execute(async (tx) => {
      expect(await requestDeletions({ ...ctx, db: tx })).toBe(1)
      const waiting = orderRenewal(buyer, order).catch((error: unknown) => error)
      await untilOneWaits(clone.db)
      return { waiting }
    })
    expect(await late.waiting).toMatchObject({ code: 'registration_expired' })
  } finally {
    await clone.drop()
  }
})
