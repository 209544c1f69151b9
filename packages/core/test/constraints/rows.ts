import { type Insertable, sql } from 'kysely'
import type {
  BackorderTable,
  DisputeTable,
  FinanceTaskTable,
  PaymentTable,
  PostingTable,
  RefundTable,
} from '../../src/database/tables.gen.ts'
import type { Fixture } from './fixture.ts'

/** Valid rows; a violation changes one thing and breaks one guarantee. */

const AT = new Date('2026-11-24T12:00:00Z')

/** A backorder of the free name that has ended, so that it holds no escrow and conflicts with nothing. */
export async function insertBackorder(fixture: Fixture, changes: Partial<Insertable<BackorderTable>> = {}) {
  const row = {
    id: fixture.ctx.newId(),
    listing_id: fixture.free.listingId,
    name: fixture.free.name,
    account_id: fixture.buyer.actor.accountId,
    state: 'failed',
    price_minor: 1_900n,
    currency: 'USD',
    created_at: AT,
    secured_at: AT,
    decided_at: AT,
    failure_reason: 'lost',
    ...changes,
  } as const
  await fixture.tx.insertInto('backorder').values(row).execute()
  return row.id
}

/** A payment captured from the balance that secures nothing. */
export async function insertPayment(fixture: Fixture, changes: Partial<Insertable<PaymentTable>> = {}) {
  const row = {
    id: fixture.ctx.newId(),
    account_id: fixture.buyer.actor.accountId,
    method: 'balance',
    state: 'succeeded',
    amount_minor: 1_900n,
    captured_minor: 1_900n,
    currency: 'USD',
    created_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('payment').values(row).execute()
  return row.id
}

/** A small automatic refund of the held name's payment. */
export async function insertRefund(fixture: Fixture, changes: Partial<Insertable<RefundTable>> = {}) {
  const row = {
    id: fixture.ctx.newId(),
    payment_id: fixture.held.paymentId,
    cause: 'late_payment',
    state: 'approved',
    destination: 'balance',
    amount_minor: 1n,
    currency: 'USD',
    created_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('refund').values(row).execute()
  return row.id
}

type Line = Pick<Insertable<PostingTable>, 'ledger_account' | 'amount_minor'> &
  Partial<Insertable<PostingTable>>

/** The lines of one posting set. */
export async function insertPostings(fixture: Fixture, lines: readonly Line[]) {
  const common = { cause: 'top_up', cause_id: fixture.ctx.newId(), currency: 'USD' } as const
  await fixture.tx
    .insertInto('posting')
    .values(lines.map((line, index) => ({ ...common, line: index + 1, ...line })))
    .execute()
}

/** An attempt to register the held name; `changes` may hold values that the schema does not know. */
export async function insertAttempt(
  fixture: Fixture,
  changes: { command?: string; outcome?: string; code?: number | null } = {},
) {
  const { command = 'create', outcome = 'answered', code = 2302 } = changes
  await sql`
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, outcome, code)
    select 'DL-1', ${fixture.held.targetId}, id, ${command}, ${AT}, ${outcome}, ${code}::integer from registry_account`.execute(
    fixture.tx,
  )
}

/** A captured and unapplied card payment for the free name, with its postings. */
export async function insertCaptured(fixture: Fixture, changes: Partial<Insertable<PaymentTable>> = {}) {
  const id = await insertPayment(fixture, { method: 'card', listing_id: fixture.free.listingId, ...changes })
  await insertPostings(fixture, [
    {
      cause: 'receipt',
      cause_id: id,
      ledger_account: 'provider_clearing',
      amount_minor: -1_900n,
      payment_id: id,
    },
    {
      cause: 'receipt',
      cause_id: id,
      ledger_account: 'unapplied_receipts',
      amount_minor: 1_900n,
      payment_id: id,
    },
  ])
  return id
}

/** An unpaid card payment for the free name. */
export async function insertUnpaid(fixture: Fixture, changes: Partial<Insertable<PaymentTable>> = {}) {
  return insertPayment(fixture, {
    method: 'card',
    state: 'requires_action',
    captured_minor: 0n,
    listing_id: fixture.free.listingId,
    ...changes,
  })
}

/** A dispute of a captured payment, with the postings of the money that it took; none where the dispute was won. */
export async function insertDispute(
  fixture: Fixture,
  paymentId: string,
  changes: Partial<Insertable<DisputeTable>> = {},
) {
  const id = fixture.ctx.newId()
  const row = {
    id,
    payment_id: paymentId,
    provider_dispute_id: `dp_${id}`,
    state: 'open',
    amount_minor: 900n,
    currency: 'USD',
    opened_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('dispute').values(row).execute()
  if (row.state === 'won') return
  const cause = { cause: 'dispute', cause_id: id, account_id: fixture.buyer.actor.accountId } as const
  await insertPostings(fixture, [
    { ...cause, ledger_account: 'customer_balance', amount_minor: -900n },
    { ...cause, ledger_account: 'provider_clearing', amount_minor: 900n, payment_id: paymentId },
  ])
}

/** A task about a refund. */
export async function insertFinanceTask(
  fixture: Fixture,
  refundId: string,
  changes: Partial<Insertable<FinanceTaskTable>> = {},
) {
  const row = {
    id: fixture.ctx.newId(),
    kind: 'refund_failed',
    subject_id: refundId,
    detail: 'a test',
    opened_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('finance_task').values(row).execute()
}
