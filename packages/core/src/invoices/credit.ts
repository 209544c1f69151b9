import { splitCredit } from '@droplock/rules/invoices'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import type { LockedPayment } from '../locks.ts'
import { allocateNumber } from './allocate-number.ts'

type CreditedRefund = {
  readonly id: string
  /** The failed refund that this one retries. */
  readonly retriesId: string | null
  readonly amountMinor: bigint
}

/**
 * Issues the credit note of a refund that succeeds in this transaction; none where no invoice was issued, or where a refund that it
 * retries has its credit note already. The caller holds the payment, whose lock keeps credit notes within the invoice. Rule 10.
 */
export async function creditRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: CreditedRefund,
): Promise<void> {
  const invoice = await findInvoice(tx, payment)
  if (invoice === undefined) return
  const refundId = await findFirstOfChain(tx, refund)
  const credited = await readCredited(tx, invoice.id)
  if (credited.refundIds.has(refundId)) return
  const split = splitCredit(refund.amountMinor, credited.grossMinor, invoice.tax_basis_points)
  const { kind, mode, year, sequence, number, issuedAt } = await allocateNumber(
    tx,
    'credit_note',
    invoice.mode,
  )
  const id = ctx.newId()
  await tx
    .insertInto('invoice')
    .values({
      ...invoice,
      id,
      kind,
      mode,
      year,
      sequence,
      number,
      issued_at: issuedAt,
      backorder_id: null,
      renewal_id: null,
      credits_invoice_id: invoice.id,
      refund_id: refundId,
      gross_minor: split.grossMinor,
      net_minor: split.netMinor,
      tax_minor: split.taxMinor,
    })
    .execute()
  await publish(tx, ctx, 'credit_note.issued', id)
}

/** The invoice of the order that the payment secured. Money that secured nothing was never invoiced. */
async function findInvoice(tx: Transaction<Database>, payment: LockedPayment) {
  const { secures, backorder_id: backorderId, renewal_id: renewalId } = payment
  const subject = backorderId ?? renewalId
  if (!secures || subject === null) return undefined
  return tx
    .selectFrom('invoice')
    .selectAll()
    .where(backorderId === null ? 'renewal_id' : 'backorder_id', '=', subject)
    .executeTakeFirst()
}

/** The first refund of a chain of retries. This one may have no row yet, but those it retries do. */
async function findFirstOfChain(tx: Transaction<Database>, refund: CreditedRefund): Promise<string> {
  if (refund.retriesId === null) return refund.id
  const { rows } = await sql<{ id: string }>`
    with recursive chain as (
      select id, retries_refund_id from refund where id = ${refund.retriesId}
      union all
      select refund.id, refund.retries_refund_id from refund join chain on refund.id = chain.retries_refund_id
    )
    select id from chain where retries_refund_id is null`.execute(tx)
  return rows[0]?.id ?? refund.id
}

async function readCredited(tx: Transaction<Database>, invoiceId: string) {
  const notes = await tx
    .selectFrom('invoice')
    .select(['refund_id', 'gross_minor'])
    .where('credits_invoice_id', '=', invoiceId)
    .execute()
  return {
    refundIds: new Set(notes.map((note) => note.refund_id)),
    grossMinor: notes.reduce((sum, note) => sum + note.gross_minor, 0n),
  }
}

/**
 * Issues the credit notes of refunds that succeeded before the invoice was issued: the invoice states what was paid, and the credit
 * notes what was refunded. The caller holds the payment, so no refund succeeds meanwhile.
 */
export async function creditEarlierRefunds(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment | undefined,
): Promise<void> {
  if (payment === undefined) return
  const refunds = await tx
    .selectFrom('refund')
    .select(['id', 'retries_refund_id', 'amount_minor'])
    .where('payment_id', '=', payment.id)
    .where('state', '=', 'succeeded')
    .orderBy('id')
    .execute()
  for (const { id, retries_refund_id: retriesId, amount_minor: amountMinor } of refunds) {
    await creditRefund(tx, ctx, payment, { id, retriesId, amountMinor })
  }
}
