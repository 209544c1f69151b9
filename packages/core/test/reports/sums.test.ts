import { IllegalTransition } from '@droplock/rules/machines/machine'
import { boundsOf } from '@droplock/rules/months'
import { Refusal } from '@droplock/rules/refusals'
import { type RefundGroup, refundGroups, revenueGroups } from '@droplock/rules/reports'
import * as fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { StaffContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import type { LedgerAccount } from '../../src/ledger/post.ts'
import { getMonth } from '../../src/months/read.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeMonthClose } from '../../src/proposals/propose-month-close.ts'
import { getRefundSummary, listRefundSums } from '../../src/reports/refunds.ts'
import { getRevenueSummary, listRevenue } from '../../src/reports/revenue.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { type Step, sequences } from '../money/steps.ts'
import { givenWorld, take } from '../money/world.ts'
import { givenReconciled, monthsAgo } from '../support/months.ts'
import { contextOf } from '../support/world.ts'

/** More with `npm run trust -- money`. */
const SEQUENCES = Number(process.env['DROPLOCK_SEQUENCES'] ?? 4)
const STEPS = 50
const month = monthsAgo(1)
const { startsAt: from, endsAt: to } = boundsOf(month)
const wholeList = { offset: 0, limit: 1_000 }

test(
  `over ${SEQUENCES} random histories the reports of a month sum to its postings however they are grouped, and to its trial balance when it is closed`,
  async () => {
    let refunded = 0n
    const property = fc.asyncProperty(sequences(STEPS, []), (steps) =>
      rolledBack(async (tx) => {
        const world = await givenWorld(contextOf(tx))
        for (const step of steps) await take(world, step).catch((error: unknown) => mayBeRefused(step, error))
        await moveToMonth(tx)
        await mustSumUp(world.finance)
        refunded += await sumOfRefunds(tx)
        await givenReconciled(world.ctx)
        await close(world.finance, world.approver)
        const { balances } = await getMonth(world.finance, month)
        const revenue = balances.find(({ ledgerAccount }) => ledgerAccount === 'revenue')
        const earned = (revenue?.creditMinor ?? 0n) - (revenue?.debitMinor ?? 0n)
        const { totals } = await getRevenueSummary(world.finance, { from, to })
        expect(sum(totals, ({ netMinor }) => netMinor)).toBe(earned)
      }),
    )
    await fc.assert(property, { numRuns: SEQUENCES, endOnFailure: true })
    expect(refunded).toBeGreaterThan(0n)
  },
  120_000 + SEQUENCES * 10_000,
)

async function mustSumUp(finance: StaffContext): Promise<void> {
  const { db } = finance
  const revenue = await sumOfPostings(db, 'revenue', sql`true`)
  const gross = await sumOfPostings(db, 'revenue', sql`cause = 'settle'`)
  const { totals, series } = await getRevenueSummary(finance, { from, to })
  for (const rows of [
    totals,
    series,
    ...(await Promise.all(
      revenueGroups.map(async (by) => (await listRevenue(finance, { by, from, to, ...wholeList })).items),
    )),
  ]) {
    expect(sum(rows, ({ netMinor }) => netMinor)).toBe(revenue)
    expect(sum(rows, ({ grossMinor }) => grossMinor)).toBe(gross)
  }
  const refunds = await getRefundSummary(finance, { from, to })
  const byGroup = (by: RefundGroup) => listRefundSums(finance, { by, from, to, ...wholeList })
  const toCards = await sumOfPostings(
    db,
    'provider_clearing',
    sql`cause in ('refund_paid', 'refund_returned')`,
  )
  const credited = await sumOfPostings(db, 'customer_balance', sql`cause = 'refund' and amount_minor > 0`)
  for (const rows of [
    refunds.totals,
    refunds.series,
    ...(await Promise.all(refundGroups.map(async (by) => (await byGroup(by)).items))),
  ]) {
    expect(sum(rows, ({ toBalancesMinor }) => toBalancesMinor)).toBe(credited)
    expect(sum(rows, (row) => row.toCardsMinor - row.returnedMinor)).toBe(toCards)
    // Everything that ever happened is in this month, so it is what customers have now.
    expect(sum(rows, ({ netMinor }) => netMinor)).toBe(await sumOfRefunds(db))
  }
}

function mayBeRefused(step: Step, error: unknown): void {
  if (!(error instanceof Refusal || error instanceof IllegalTransition))
    throw new Error(step.kind, { cause: error })
}

/** Everything that was posted happened on one of the days of the month; the lines of a move on the same. */
async function moveToMonth(tx: Kysely<Database>): Promise<void> {
  await sql`set local session_replication_role = replica`.execute(tx)
  await sql`update posting set posted_at = ${from}::timestamptz
    + make_interval(hours => mod(abs(hashtext(cause || cause_id::text)), 28 * 24))`.execute(tx)
  await sql`set local session_replication_role = origin`.execute(tx)
}

async function close(ann: StaffContext, bob: StaffContext): Promise<void> {
  const { hash, openItems } = await getMonth(ann, month)
  const explained = openItems.map(({ kind, id }) => ({ kind, id, explanation: 'known' }))
  const proposalId = await proposeMonthClose(ann, { month, hash, explained, note: 'complete' })
  await approveProposal(bob, { proposalId })
}

async function sumOfPostings(
  db: Kysely<Database>,
  of: LedgerAccount,
  where: ReturnType<typeof sql>,
): Promise<bigint> {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(sum(amount_minor), 0) as sum from posting
    where ledger_account = ${of} and posted_at >= ${from} and posted_at < ${to} and ${where}`.execute(db)
  return BigInt(rows[0]?.sum ?? 0)
}

async function sumOfRefunds(db: Kysely<Database>): Promise<bigint> {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(sum(amount_minor), 0) as sum from refund where state = 'succeeded'`.execute(db)
  return BigInt(rows[0]?.sum ?? 0)
}

function sum<Row>(rows: readonly Row[], amountOf: (row: Row) => bigint): bigint {
  return rows.reduce((total, row) => total + amountOf(row), 0n)
}
