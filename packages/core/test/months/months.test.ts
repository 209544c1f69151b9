import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context, StaffContext } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { openFinanceTask } from '../../src/finance-tasks.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { getMonth, listMonths } from '../../src/months/read.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeMonthClose } from '../../src/proposals/propose-month-close.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenPosted, givenReconciled, monthsAgo, postAt } from '../support/months.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const code = (text: string) => expect.objectContaining({ code: text })
const last = monthsAgo(1)
const before = monthsAgo(2)

async function givenFinance(ctx: Context) {
  return { ann: await givenStaff(ctx, 'finance'), bob: await givenStaff(ctx, 'finance_approver') }
}

async function propose(ctx: StaffContext, month: string, explanation = 'known to the bank') {
  const { hash, openItems } = await getMonth(ctx, month)
  const explained = openItems.map(({ kind, id }) => ({ kind, id, explanation }))
  return proposeMonthClose(ctx, { month, hash, explained, note: 'the month is complete' })
}

test('two people close a month: its trial balance is kept with a hash, and nothing is posted in it afterwards', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob } = await givenFinance(ctx)
    const accountId = await givenPosted(ctx, last, 5_000n)
    await givenReconciled(ctx)
    const seen = await getMonth(ann, last)
    expect(seen).toMatchObject({ state: 'open', obstacles: [], openItems: [] })
    expect(seen.balances).toMatchObject([
      { ledgerAccount: 'customer_balance', openingMinor: 0n, creditMinor: 5_000n, closingMinor: 5_000n },
      { ledgerAccount: 'provider_clearing', debitMinor: 5_000n, closingMinor: -5_000n, postings: 1 },
    ])
    const proposalId = await propose(ann, last)
    expect(await getMonth(ann, last)).toMatchObject({ state: 'proposed', proposalId })
    await expect(approveProposal(ann, { proposalId })).rejects.toEqual(code('forbidden'))
    await approveProposal(bob, { proposalId })
    const closed = await getMonth(ann, last)
    expect(closed).toMatchObject({
      state: 'closed',
      balances: seen.balances,
      proposedBy: { id: ann.actor.staffId },
      decidedBy: { id: bob.actor.staffId },
      postings: 2,
    })
    await expect(postAt(ctx, accountId, `${last}-20T00:00:00Z`)).rejects.toMatchObject({
      constraint: 'nothing_is_posted_in_a_closed_month',
    })
  }))

test('an approver closes no month that they proposed themselves', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const bob = await givenStaff(ctx, 'finance_approver')
    await givenPosted(ctx, last)
    await givenReconciled(ctx)
    const proposalId = await propose(bob, last)
    await expect(approveProposal(bob, { proposalId })).rejects.toEqual(code('decider_is_proposer'))
  }))

test('months are closed in order, after their end and after a reconciliation, and once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob } = await givenFinance(ctx)
    await givenPosted(ctx, before)
    await expect(propose(ann, before)).rejects.toMatchObject({ facts: { obstacle: 'not_reconciled' } })
    await givenReconciled(ctx)
    await expect(propose(ann, monthsAgo(0))).rejects.toMatchObject({ facts: { obstacle: 'not_over' } })
    await expect(propose(ann, last)).rejects.toMatchObject({ facts: { obstacle: 'earlier_month_open' } })
    await expect(propose(ann, monthsAgo(3))).rejects.toEqual(code('month_not_found'))
    await approveProposal(bob, { proposalId: await propose(ann, before) })
    await expect(propose(ann, before)).rejects.toMatchObject({ facts: { obstacle: 'closed' } })
    await approveProposal(bob, { proposalId: await propose(ann, last) })
    const { items } = await listMonths(ann, { offset: 0, limit: 10 })
    // In the first hour of a month, two are open.
    const open = new Set([monthsAgo(0, new Date()), monthsAgo(0)])
    expect(items.map(({ month, state }) => [month, state])).toEqual([
      ...[...open].map((month) => [month, 'open']),
      [last, 'closed'],
      [before, 'closed'],
    ])
    const { balances } = await getMonth(ann, last)
    expect(balances).toMatchObject([{ openingMinor: 5_000n, postings: 0 }, { openingMinor: -5_000n }])
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  }))

test('each open mismatch, finance task and refund of the month is explained, and the explanations are kept', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob } = await givenFinance(ctx)
    await givenPosted(ctx, last)
    const task = { kind: 'payment_unexpected', subjectId: ctx.newId(), detail: 'a surprise' } as const
    await inTransaction(tx, (inner) => openFinanceTask(inner, ctx, task))
    await sql`update finance_task set opened_at = ${`${last}-20T00:00:00Z`}::timestamptz`.execute(tx)
    await givenReconciled(ctx)
    const { hash, openItems } = await getMonth(ann, last)
    expect(openItems).toMatchObject([{ kind: 'finance_task', detail: 'payment unexpected: a surprise' }])
    const close = { month: last, hash, note: 'complete' }
    for (const explained of [[], openItems.map(({ kind, id }) => ({ kind, id, explanation: ' ' }))])
      await expect(proposeMonthClose(ann, { ...close, explained })).rejects.toEqual(
        code('open_items_unexplained'),
      )
    await approveProposal(bob, { proposalId: await propose(ann, last, 'the bank looks into it') })
    expect((await getMonth(ann, last)).openItems).toMatchObject([{ explanation: 'the bank looks into it' }])
  }))

test('a close is bound to what was seen: one that differs by then is refused, when proposed and when approved', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob } = await givenFinance(ctx)
    const accountId = await givenPosted(ctx, last)
    await givenReconciled(ctx)
    const { hash } = await getMonth(ann, last)
    const proposalId = await propose(ann, last)
    await postAt(ctx, accountId, `${last}-16T00:00:00Z`)
    await expect(approveProposal(bob, { proposalId })).rejects.toEqual(code('month_changed'))
    await expect(proposeMonthClose(ann, { month: last, hash, explained: [], note: 'again' })).rejects.toEqual(
      code('month_changed'),
    )
    expect(await getMonth(ann, last)).toMatchObject({ state: 'proposed' })
  }))

test('a posting that was changed in a closed month past the constraints is found by the invariants', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { ann, bob } = await givenFinance(ctx)
    await givenPosted(ctx, last)
    await givenReconciled(ctx)
    await approveProposal(bob, { proposalId: await propose(ann, last) })
    await sql`alter table posting disable trigger posting_is_append_only`.execute(tx)
    await sql`update posting set amount_minor = amount_minor * 2 where posted_at < ${`${last}-28`}::date`.execute(
      tx,
    )
    const { invariants } = await proveInvariants(bob)
    expect(invariants).toContainEqual({ name: 'closed_months_are_unchanged', violations: 2 })
  }))

test('a viewer reads no month, an operator proposes none', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const viewer = await givenStaff(ctx, 'viewer')
    const operator = await givenStaff(ctx, 'operator')
    await expect(listMonths(viewer, { offset: 0, limit: 5 })).rejects.toEqual(code('forbidden'))
    await expect(getMonth(viewer, last)).rejects.toEqual(code('forbidden'))
    const close = { month: last, hash: '0'.repeat(64), explained: [], note: 'a try' }
    await expect(proposeMonthClose(operator, close)).rejects.toEqual(code('forbidden'))
  }))
