import type { OwnRefund } from '@droplock/rules/events'
import type { RefundCause, RefundDestination } from '@droplock/rules/machines/refund'
import { decideDestination, planFunding, type RefundSource } from '@droplock/rules/refunds/destination'
import { sql, type Transaction } from 'kysely'
import { lockAccounts } from '../batch-locks.ts'
import type { Context } from '../context.ts'
import { sendTogether } from '../database/send-together.ts'
import type { Database } from '../database/tables.gen.ts'
import { publishAll } from '../events/publish.ts'
import type { LockedPayment } from '../locks.ts'
import { fundRefunds } from './internal.ts'

type AutomaticRefund = {
  readonly payment: LockedPayment
  readonly cause: Exclude<RefundCause, 'manual'>
  readonly source: RefundSource
  readonly now: Date
}

/** Refunds a whole payment; see `refundEachAutomatically`. Returns the refund as events show it. */
export async function refundAutomatically(
  tx: Transaction<Database>,
  ctx: Context,
  wanted: AutomaticRefund,
): Promise<OwnRefund> {
  const [refund] = await refundEachAutomatically(tx, ctx, [wanted])
  if (refund === undefined) throw new Error(`payment ${wanted.payment.id} was not refunded`)
  return refund
}

/**
 * Refunds whole payments, each once: `one_automatic_refund_per_cause` refuses a second. Rule 9 decides the destinations under the
 * accounts' locks, so refunds see the debt in the order in which they are made, also those of one account in this batch. To the balance
 * the money moves in this transaction; to a card the worker sends it. The caller holds the payments. Returns the refunds as events show
 * them, in the same order.
 */
export async function refundEachAutomatically(
  tx: Transaction<Database>,
  ctx: Context,
  wanted: readonly AutomaticRefund[],
): Promise<readonly OwnRefund[]> {
  const accounts = await lockAccounts(tx, [...new Set(wanted.map(({ payment }) => payment.account_id))])
  const balances = new Map(accounts.map((account) => [account.id, account.balance_minor]))
  const refunds = wanted.map((each) => decideRefund(ctx, each, balances))
  const funding = fundRefunds(
    tx,
    ctx,
    refunds.map((refund) => ({ ...refund, refund })),
  )
  // What was invoiced has its credit notes first.
  if (refunds.some(({ source }) => source !== 'escrow')) await funding
  const succeeded = refunds.filter(({ state }) => state === 'succeeded').map(({ id }) => id)
  await sendTogether([funding, writeRefunds(tx, refunds), publishAll(tx, ctx, 'refund.succeeded', succeeded)])
  return refunds.map(({ id, state, destination, amountMinor, payment }) => ({
    id,
    state,
    destination,
    amount: { amount_minor: Number(amountMinor), currency: payment.currency },
  }))
}

type DecidedRefund = AutomaticRefund & {
  readonly id: string
  readonly amountMinor: bigint
  readonly destination: RefundDestination
  readonly state: 'succeeded' | 'approved'
}

/** Decides the destination by the balance as the refunds before it left it, and adds to that balance what this one does. Rule 9. */
function decideRefund(ctx: Context, wanted: AutomaticRefund, balances: Map<string, bigint>): DecidedRefund {
  const { payment, source } = wanted
  const balanceMinor = balances.get(payment.account_id)
  if (balanceMinor === undefined) throw new Error(`payment ${payment.id} has no account`)
  const destination = decideDestination({
    balanceMinor,
    method: payment.method,
    chargedBack: payment.state === 'charged_back',
  })
  const { state, to } = planFunding(destination, payment.method, source)
  const amountMinor = payment.captured_minor
  if (to === 'customer_balance') balances.set(payment.account_id, balanceMinor + amountMinor)
  return { ...wanted, id: ctx.newId(), amountMinor, destination, state }
}

/** Created under the accounts' locks, so an account's refunds are ordered as they saw its debt: by time, and by id in one batch. */
async function writeRefunds(tx: Transaction<Database>, refunds: readonly DecidedRefund[]): Promise<void> {
  await sql`
    insert into refund (id, payment_id, cause, state, destination, amount_minor, currency, try_after, created_at, decided_at)
    select *, statement_timestamp(), statement_timestamp() from unnest(
      ${refunds.map((each) => each.id)}::uuid[], ${refunds.map((each) => each.payment.id)}::uuid[],
      ${refunds.map((each) => each.cause)}::text[], ${refunds.map((each) => each.state)}::text[],
      ${refunds.map((each) => each.destination)}::text[], ${refunds.map((each) => each.amountMinor)}::bigint[],
      ${refunds.map((each) => each.payment.currency)}::text[],
      ${refunds.map((each) => (each.state === 'approved' ? each.now : null))}::timestamptz[])`.execute(tx)
}
