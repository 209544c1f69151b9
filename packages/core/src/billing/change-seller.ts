import { decideSellerMode } from '@droplock/rules/invoices/decide-seller-mode'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Seller, setSeller } from './set-seller.ts'

export type ChangeSeller = { readonly seller: Seller; readonly reason: string }

/**
 * Says who sells, from now on: what was issued keeps what was copied to it. Throws Refusal: forbidden, reason_required,
 * seller_mode_is_final, try_again.
 */
export async function changeSeller(ctx: OperatorContext, change: ChangeSeller): Promise<void> {
  requirePermission(ctx, 'seller:set')
  const reason = requireReason(change.reason)
  await inTransaction(ctx.db, async (tx) => {
    const before = await lockSeller(tx)
    const after = change.seller
    decideSellerMode({ before: before?.mode, after: after.mode, hasIssued: await hasIssued(tx) })
    await setSeller({ ...ctx, db: tx }, after)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'seller.set',
      subjectType: 'seller',
      subjectId: 'seller',
      reason,
      before,
      after: {
        mode: after.mode,
        legal_name: after.legalName,
        address: after.address,
        country: after.country,
        tax_id: after.taxId,
        tax_basis_points: after.taxBasisPoints,
        tax_note: after.taxNote,
      },
    })
  })
}

/** The table first, as there may be no row yet; then the row, which waits for whoever issues with it. */
async function lockSeller(tx: Transaction<Database>) {
  await sql`lock table seller in share row exclusive mode`.execute(tx)
  return tx
    .selectFrom('seller')
    .select(['mode', 'legal_name', 'address', 'country', 'tax_id', 'tax_basis_points', 'tax_note'])
    .forUpdate()
    .executeTakeFirst()
}

async function hasIssued(tx: Transaction<Database>): Promise<boolean> {
  return (await tx.selectFrom('invoice').select('id').limit(1).executeTakeFirst()) !== undefined
}
