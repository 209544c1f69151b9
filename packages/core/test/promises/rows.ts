import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type {
  BackorderTable,
  DisputeTable,
  FinanceTaskTable,
  PaymentTable,
  PostingTable,
  RefundTable,
} from '../../src/database/tables.gen.ts'
import type { Scene } from './scene.ts'

/** Rows that are lawful as they are; a deed changes one thing and breaks one promise. */

const AT = new Date('2026-11-24T12:00:00Z')

/** A backorder of the free name that has ended, so that it owes no escrow and is in nobody's way. */
export async function insertBackorder(scene: Scene, changes: Partial<Insertable<BackorderTable>> = {}) {
  const row = {
    id: scene.ctx.newId(),
    listing_id: scene.free.listingId,
    name: scene.free.name,
    account_id: scene.buyer.actor.accountId,
    state: 'failed',
    price_minor: 1_900n,
    currency: 'USD',
    created_at: AT,
    secured_at: AT,
    decided_at: AT,
    failure_reason: 'lost',
    ...changes,
  } as const
  await scene.tx.insertInto('backorder').values(row).execute()
  return row.id
}

/** A payment captured from the balance that secures nothing; by card, so would be the money at the provider. */
export async function insertPayment(scene: Scene, changes: Partial<Insertable<PaymentTable>> = {}) {
  const row = {
    id: scene.ctx.newId(),
    account_id: scene.buyer.actor.accountId,
    method: 'balance',
    state: 'succeeded',
    amount_minor: 1_900n,
    captured_minor: 1_900n,
    currency: 'USD',
    created_at: AT,
    ...changes,
  } as const
  await scene.tx.insertInto('payment').values(row).execute()
  return row.id
}

/** A small automatic refund of the held name's payment. */
export async function insertRefund(scene: Scene, changes: Partial<Insertable<RefundTable>> = {}) {
  const row = {
    id: scene.ctx.newId(),
    payment_id: scene.held.paymentId,
    cause: 'late_payment',
    state: 'approved',
    destination: 'balance',
    amount_minor: 1n,
    currency: 'USD',
    created_at: AT,
    ...changes,
  } as const
  await scene.tx.insertInto('refund').values(row).execute()
  return row.id
}

type Line = Pick<Insertable<PostingTable>, 'ledger_account' | 'amount_minor'> &
  Partial<Insertable<PostingTable>>

/** The lines of one posting set. */
export async function insertPostings(scene: Scene, lines: readonly Line[]) {
  const common = { cause: 'top_up', cause_id: scene.ctx.newId(), currency: 'USD' } as const
  await scene.tx
    .insertInto('posting')
    .values(lines.map((line, index) => ({ ...common, line: index + 1, ...line })))
    .execute()
}

/** An attempt to register the held name; `changes` are columns as SQL, so that words the schema lacks can be said. */
export async function insertAttempt(
  scene: Scene,
  changes: { command?: string; outcome?: string; code?: number | null } = {},
) {
  const { command = 'create', outcome = 'answered', code = 2302 } = changes
  await sql`
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, outcome, code)
    select 'DL-1', ${scene.held.targetId}, id, ${command}, ${AT}, ${outcome}, ${code}::integer from registry_account`.execute(
    scene.tx,
  )
}

/** What a card paid for the free name, captured and unapplied, with its postings. */
export async function insertCaptured(scene: Scene, changes: Partial<Insertable<PaymentTable>> = {}) {
  const id = await insertPayment(scene, { method: 'card', listing_id: scene.free.listingId, ...changes })
  await insertPostings(scene, [
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
export async function insertUnpaid(scene: Scene, changes: Partial<Insertable<PaymentTable>> = {}) {
  return insertPayment(scene, {
    method: 'card',
    state: 'requires_action',
    captured_minor: 0n,
    listing_id: scene.free.listingId,
    ...changes,
  })
}

/** Money taken by a dispute of a captured payment, with its postings; one that was won has returned it. */
export async function insertDispute(
  scene: Scene,
  paymentId: string,
  changes: Partial<Insertable<DisputeTable>> = {},
) {
  const id = scene.ctx.newId()
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
  await scene.tx.insertInto('dispute').values(row).execute()
  if (row.state === 'won') return
  const cause = { cause: 'dispute', cause_id: id, account_id: scene.buyer.actor.accountId } as const
  await insertPostings(scene, [
    { ...cause, ledger_account: 'customer_balance', amount_minor: -900n },
    { ...cause, ledger_account: 'provider_clearing', amount_minor: 900n, payment_id: paymentId },
  ])
}

/** A task about a refund. */
export async function tellFinance(
  scene: Scene,
  refundId: string,
  changes: Partial<Insertable<FinanceTaskTable>> = {},
) {
  const row = {
    id: scene.ctx.newId(),
    kind: 'refund_failed',
    subject_id: refundId,
    detail: 'a test',
    opened_at: AT,
    ...changes,
  } as const
  await scene.tx.insertInto('finance_task').values(row).execute()
}
