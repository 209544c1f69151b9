import { sql, type Transaction } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Context, StaffContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { getMonth } from '../../src/months/read.ts'
import { approveProposal } from '../../src/proposals/approve.ts'
import { proposeMonthClose } from '../../src/proposals/propose-month-close.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenPosted, givenReconciled, monthsAgo, postAt } from '../support/months.ts'
import { untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenStaff } from '../support/world.ts'

/** A posting that is on its way while its month is closed: over two connections. */

const last = monthsAgo(1)
let clone: Clone
let ctx: Context
let bob: StaffContext
let accountId: string
let proposalId: string

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 6 })
  ctx = contextOf(clone.db)
  const ann = await givenStaff(ctx, 'finance')
  bob = await givenStaff(ctx, 'finance_approver')
  accountId = await givenPosted(ctx, last)
  await givenReconciled(ctx)
  const { hash } = await getMonth(ann, last)
  proposalId = await proposeMonthClose(ann, { month: last, hash, explained: [], note: 'complete' })
})
afterEach(() => clone.drop())

const late = (db: Transaction<Database>) => postAt({ ...ctx, db }, accountId, `${last}-28T00:00:00Z`)

test('a close waits for a posting on its way, and is refused because the figures are others by then', async () => {
  const { closing, committed } = await whileOnItsWay()
  await committed
  await expect(closing).resolves.toMatchObject({ code: 'month_changed' })
  expect(await closedMonths()).toEqual([])
})

test('without the lock that posting is committed after the close, in the closed month', async () => {
  await clone.db.executeQuery(
    sql`create or replace function check_open_month() returns trigger language plpgsql as $$ begin return null; end $$`.compile(
      clone.db,
    ),
  )
  const { promise: posted, resolve: hasPosted } = Promise.withResolvers<void>()
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const posting = clone.db.transaction().execute(async (tx) => {
    await late(tx)
    hasPosted()
    await mayCommit
  })
  await posted
  await approveProposal(bob, { proposalId })
  commit()
  await posting
  expect(await closedMonths()).toHaveLength(1)
  const balance = await clone.db
    .selectFrom('closed_balance')
    .select('postings')
    .where('ledger_account', '=', 'customer_balance')
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from posting where ledger_account = 'customer_balance'`.execute(clone.db)
  expect([balance.postings, rows[0]?.count]).toEqual([1n, 2n])
})

test('a posting that waits for a close is refused by it', async () => {
  const { promise: closed, resolve: hasClosed } = Promise.withResolvers<void>()
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const closing = clone.db.transaction().execute(async (tx) => {
    await approveProposal({ ...bob, db: tx }, { proposalId })
    hasClosed()
    await mayCommit
  })
  await closed
  const posting = clone.db
    .transaction()
    .execute(late)
    .catch((error: unknown) => error)
  await untilOneWaits(clone.db)
  commit()
  await closing
  await expect(posting).resolves.toMatchObject({ constraint: 'nothing_is_posted_in_a_closed_month' })
})

/** The close begins after a posting was written, and before it is committed. */
async function whileOnItsWay() {
  const { promise: posted, resolve: hasPosted } = Promise.withResolvers<void>()
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const posting = clone.db.transaction().execute(async (tx) => {
    await late(tx)
    hasPosted()
    await mayCommit
  })
  await posted
  const closing = approveProposal(bob, { proposalId }).catch((error: unknown) => error)
  await untilOneWaits(clone.db)
  commit()
  return { closing, committed: posting }
}

async function closedMonths() {
  return clone.db.selectFrom('closed_month').select('month').execute()
}
