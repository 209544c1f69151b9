import { requireDecidableReversal } from '@droplock/rules/bank-transfers'
import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { next } from '@droplock/rules/machines/machine'
import { recordAudit } from '../audit/record.ts'
import { requireActiveProposer } from '../audit/require-active.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { lockTransfer } from '../locks.ts'

type ApproveReversal = { readonly bankTransferId: string; readonly note?: string }

/**
 * Approves the reversal of a bank transfer that another person proposed: customer balance → bank clearing, by a posting set that names
 * the transfer. What was spent meanwhile becomes a debt. Amount and account of a transfer never change, so what is approved is what was
 * seen. Throws Refusal: forbidden, bank_transfer_not_found, reversal_not_proposed, decider_is_proposer, proposer_disabled, try_again.
 */
export async function approveReversal(ctx: StaffContext, decision: ApproveReversal): Promise<void> {
  requirePermission(ctx, 'transfers:decide')
  await inTransaction(ctx.db, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, decision.bankTransferId)
    requireDecidableReversal(facts, ctx.actor.staffId)
    await requireActiveProposer(tx, transfer.reversal_proposed_by)
    const reversalId = ctx.newId()
    const state = next(bankTransferMachine, transfer.state, 'approve_reversal')
    await tx
      .updateTable('bank_transfer')
      .set({
        state,
        reversal_id: reversalId,
        reversal_decided_by: ctx.actor.staffId,
        reversal_decided_at: await databaseTime(tx),
      })
      .where('id', '=', transfer.id)
      .execute()
    await post(tx, {
      cause: 'top_up_reversed',
      causeId: reversalId,
      from: 'customer_balance',
      to: 'bank_clearing',
      amountMinor: transfer.amount_minor,
      currency: transfer.currency,
      accountId: account.id,
      bankTransferId: transfer.id,
    })
    await publish(tx, ctx, 'account.top_up_reversed', reversalId)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'bank_transfer.reversed',
      subjectType: 'bank_transfer',
      subjectId: transfer.id,
      reason: decision.note,
      before: { state: transfer.state, balance_minor: account.balance_minor },
      after: {
        state,
        name: account.name,
        amount_minor: transfer.amount_minor,
        currency: transfer.currency,
        balance_minor: account.balance_minor - transfer.amount_minor,
        reversal_id: reversalId,
      },
    })
  })
}
