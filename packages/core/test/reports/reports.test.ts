import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { listLedger } from '../../src/ledger/read.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { setRefundLimit } from '../../src/refunds/set-limit.ts'
import { getAgeing, listReceivables, listRefundAges } from '../../src/reports/ageing.ts'
import { listRefundSums } from '../../src/reports/refunds.ts'
import { getRevenueSummary, listRevenue } from '../../src/reports/revenue.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { dropAll } from '../support/drop.ts'
import { givenInvoice } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff, zone } from '../support/world.ts'

const DAY_MS = 86_400_000
const code = (text: string) => expect.objectContaining({ code: text })
const today = () => ({ from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) })
const page = { offset: 0, limit: 100 }

/** One name of each zone, ordered by accounts of two currencies; all are caught, or lost. */
async function givenDecidedIn(ctx: Context, outcome: 'registered' | 'lost') {
  await givenRegistry(ctx, [zone(), zone({ name: 'other' })])
  const dollars = await givenAccount(ctx, { balanceMinor: 10_000n })
  const euros = await givenAccount(ctx, { balanceMinor: 10_000n, currency: 'EUR' })
  await givenListings(ctx, { names: ['a.test', 'b.test'] })
  await givenListings(ctx, { names: ['c.other'], zone: 'other' })
  await placeBackorder(dollars, { name: 'a.test', payment: 'balance' })
  await placeBackorder(euros, { name: 'b.test', payment: 'balance' })
  await placeBackorder(dollars, { name: 'c.other', payment: 'balance' })
  await dropAll(ctx, outcome)
  return { dollars, euros }
}

test('revenue is by zone and account with each currency apart, and each row is the sum of the moves that it leads to', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    const { dollars, euros } = await givenDecidedIn(ctx, 'registered')
    const period = today()
    const byZone = await listRevenue(finance, { by: 'zone', ...period, ...page })
    expect(
      byZone.items.map(({ group, currency, orders, netMinor }) => [group, currency, orders, netMinor]),
    ).toEqual([
      ['test', 'EUR', 1, 1_900n],
      ['other', 'USD', 1, 1_900n],
      ['test', 'USD', 1, 1_900n],
    ])
    for (const { group, currency, netMinor } of byZone.items) {
      const moves = await listLedger(finance, {
        ledgerAccount: 'revenue',
        currency,
        zone: group,
        ...period,
        ...page,
      })
      expect(moves.items.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(netMinor)
    }
    const byAccount = await listRevenue(finance, { by: 'account', ...period, ...page })
    expect(byAccount.items).toMatchObject([
      { group: euros.actor.accountId, accountName: 'A reseller', currency: 'EUR', netMinor: 1_900n },
      { group: dollars.actor.accountId, currency: 'USD', orders: 2, netMinor: 3_800n },
      // The registry charged dollars for what was sold in euros.
      { group: euros.actor.accountId, currency: 'USD', orders: 0, registryCostsMinor: 800n },
    ])
    const filtered = await listRevenue(finance, {
      by: 'day',
      ...period,
      ...page,
      zone: 'other',
      currency: 'USD',
    })
    expect(filtered.items).toMatchObject([{ netMinor: 1_900n }])
    expect(filtered.total).toBe(1)
  }))

test('a page of a report says how many rows there are, also beyond the last', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    await givenDecidedIn(ctx, 'registered')
    const second = await listRevenue(finance, { by: 'zone', ...today(), offset: 1, limit: 1 })
    expect(second).toMatchObject({ total: 3, items: [{ group: 'other' }] })
    expect(await listRevenue(finance, { by: 'zone', ...today(), offset: 9, limit: 3 })).toEqual({
      total: 3,
      items: [],
    })
  }))

test('refunds are by cause and zone, and a move of the ledger is found by the zone of its order', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    await givenDecidedIn(ctx, 'lost')
    const period = today()
    const byCause = await listRefundSums(finance, { by: 'cause', ...period, ...page })
    expect(byCause.items).toMatchObject([
      { group: 'backorder_failed', currency: 'EUR', refunds: 1, toBalancesMinor: 1_900n, netMinor: 1_900n },
      { group: 'backorder_failed', currency: 'USD', refunds: 2, toBalancesMinor: 3_800n },
    ])
    const other = await listRefundSums(finance, { by: 'zone', ...period, ...page, zone: 'other' })
    expect(other.items).toMatchObject([{ group: 'other', currency: 'USD', netMinor: 1_900n }])
    const moves = await listLedger(finance, { cause: 'refund', zone: 'other', ...period, ...page })
    expect(moves.items).toMatchObject([{ name: 'c.other', amountMinor: 1_900n }])
    await expect(listLedger(finance, { zone: 'other', ...page })).rejects.toEqual(code('invalid_request'))
  }))

test('VAT is that of the invoices less that of their credit notes, and registry costs are what was charged', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    const approver = await givenStaff(ctx, 'finance_approver')
    const { backorderId, buyer } = await givenInvoice(ctx)
    const read = () =>
      listRevenue(finance, { by: 'account', ...today(), ...page, accountId: buyer.actor.accountId })
    // 23 % are in the price of 19.00.
    expect((await read()).items).toMatchObject([
      { grossMinor: 1_900n, refundsMinor: 0n, vatMinor: 355n, registryCostsMinor: 800n },
    ])
    await refundAll(finance, approver, await paymentOf(ctx, backorderId))
    expect((await read()).items).toMatchObject([
      { grossMinor: 1_900n, refundsMinor: 1_900n, netMinor: 0n, vatMinor: 0n, registryCostsMinor: 800n },
    ])
  }))

async function refundAll(finance: StaffContext, approver: StaffContext, paymentId: string): Promise<void> {
  await setRefundLimit(approver, {
    currency: 'USD',
    aloneMinor: 5_000n,
    grantAloneMinor: 0n,
    reason: 'a test',
  })
  await completeRefund(finance, {
    paymentId,
    amountMinor: 1_900n,
    reasonCode: 'service_fault',
    note: 'sorry',
  })
}

test('a report of more than 400 days, or one that ends before it starts, is refused', () =>
  rolledBack(async (tx) => {
    const finance = await givenStaff(contextOf(tx), 'finance')
    const from = new Date('2026-01-01T00:00:00Z')
    for (const to of [new Date('2025-12-31T00:00:00Z'), new Date('2027-02-06T00:00:00Z')]) {
      await expect(listRevenue(finance, { by: 'day', from, to, ...page })).rejects.toEqual(
        code('invalid_period'),
      )
      await expect(getRevenueSummary(finance, { from, to })).rejects.toEqual(code('invalid_period'))
      await expect(listRefundSums(finance, { by: 'day', from, to, ...page })).rejects.toEqual(
        code('invalid_period'),
      )
    }
  }))

test('a debt is as old as the debits that no money has paid yet: what comes in pays the oldest', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    const approver = await givenStaff(ctx, 'finance_approver')
    const { actor } = await givenAccount(ctx, { balanceMinor: 0n })
    await setCreditLimit(approver, { accountId: actor.accountId, limitMinor: 100_000n, reason: 'known' })
    await givenAccount(ctx, { balanceMinor: 5_000n })
    const debits: readonly (readonly [daysAgo: number, minor: bigint])[] = [
      [120, -4_000n],
      [75, -3_000n],
      [45, -2_000n],
      [5, -1_000n],
    ]
    for (const [daysAgo, minor] of debits) await postDaysAgo(ctx, actor.accountId, daysAgo, minor)
    const aged = async () => (await listReceivables(finance, page)).items
    expect(await aged()).toMatchObject([
      { totalMinor: 10_000n, to30Minor: 1_000n, to60Minor: 2_000n, to90Minor: 3_000n, olderMinor: 4_000n },
    ])
    // Pays all that is over 90 days old, and a part of the next.
    await postDaysAgo(ctx, actor.accountId, 1, 5_500n)
    expect(await aged()).toMatchObject([
      {
        accountId: actor.accountId,
        totalMinor: 4_500n,
        to30Minor: 1_000n,
        to60Minor: 2_000n,
        to90Minor: 1_500n,
        olderMinor: 0n,
        creditLimitMinor: 100_000n,
      },
    ])
    expect((await getAgeing(finance)).receivables).toMatchObject([
      { currency: 'USD', accounts: 1, totalMinor: 4_500n, to90Minor: 1_500n },
    ])
    expect(await listReceivables(finance, { ...page, currency: 'EUR' })).toEqual({ items: [], total: 0 })
  }))

/** Money in or out of the balance, as it was posted then. */
async function postDaysAgo(ctx: Context, accountId: string, daysAgo: number, minor: bigint): Promise<void> {
  const id = ctx.newId()
  await sql`
    insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency, account_id, posted_at)
    select case when ${minor}::bigint > 0 then 'top_up' else 'dispute' end, ${id}, line, ledger_account, amount, 'USD', ${accountId},
      clock_timestamp() - make_interval(days => ${daysAgo})
    from (values (1, 'provider_clearing', -${minor}::bigint), (2, 'customer_balance', ${minor}::bigint))
      as posted (line, ledger_account, amount)`.execute(ctx.db)
}

test('open refunds are by state and by the time since they were created', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const finance = await givenStaff(ctx, 'finance')
    const { dollars } = await givenDecidedIn(ctx, 'lost')
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`
      update refund set state = 'failed', failure = 'a test', created_at = clock_timestamp() - interval '61 days'
      from payment where payment.id = payment_id and payment.account_id = ${dollars.actor.accountId}`.execute(
      tx,
    )
    await sql`update refund set state = 'approved' where state = 'succeeded'`.execute(tx)
    expect(await listRefundAges(finance)).toMatchObject([
      { state: 'approved', currency: 'EUR', refunds: 1, totalMinor: 1_900n, to30Minor: 1_900n },
      { state: 'failed', currency: 'USD', refunds: 2, totalMinor: 3_800n, to30Minor: 0n, to90Minor: 3_800n },
    ])
    expect((await getAgeing(finance)).refunds).toMatchObject([
      { currency: 'EUR', refunds: 1, totalMinor: 1_900n },
      { currency: 'USD', refunds: 2, to90Minor: 3_800n },
    ])
  }))
