import { decideReversalDecision, decideReversalProposal } from '@droplock/rules/bank-transfers'
import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { next } from '@droplock/rules/machines/machine'
import { recordAudit } from '../audit/record.ts'
import { requireActiveProposer } from '../audit/require-active.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { lockTransfer } from '../locks.ts'

type ProposeReversal = { readonly bankTransferId: string; readonly reason: string }

/**
 * Proposes to take a credited transfer back, whole; another person decides, and nothing moves before. Throws Refusal: forbidden,
 * reason_required, bank_transfer_not_found, transfer_not_reversible, try_again.
 */
export async function proposeReversal(ctx: StaffContext, proposal: ProposeReversal): Promise<void> {
  requirePermission(ctx, 'transfers:record')
  const reason = requireReason(proposal.reason)
  await inTransaction(ctx.db, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, proposal.bankTransferId)
    decideReversalProposal(facts)
    const state = next(bankTransferMachine, transfer.state, 'propose_reversal')
    await tx
      .updateTable('bank_transfer')
      .set({
        state,
        reversal_reason: reason,
        reversal_proposed_by: ctx.actor.staffId,
        reversal_proposed_at: await databaseTime(tx),
      })
      .where('id', '=', transfer.id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'bank_transfer.reversal_proposed',
      subjectType: 'bank_transfer',
      subjectId: transfer.id,
      reason,
      before: { state: transfer.state },
      after: {
        state,
        name: account.name,
        amount_minor: transfer.amount_minor,
        currency: transfer.currency,
        bank_reference: transfer.bank_reference,
      },
    })
  })
}

type ApproveReversal = { readonly bankTransferId: string; readonly note?: string }

/**
 * Takes a transfer back that another person proposed to: customer balance → bank clearing, in a set of its own that names it.
 * What was spent meanwhile becomes a debt. Amount and account are the transfer's and final, so nothing else can be approved than
 * what was seen. Throws Refusal: forbidden, bank_transfer_not_found, reversal_not_proposed, decider_is_proposer, proposer_disabled, try_again.
 */
export async function approveReversal(ctx: StaffContext, decision: ApproveReversal): Promise<void> {
  requirePermission(ctx, 'transfers:decide')
  await inTransaction(ctx.db, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, decision.bankTransferId)
    decideReversalDecision(facts, ctx.actor.staffId)
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

type RejectReversal = { readonly bankTransferId: string; readonly note: string }

/**
 * Rejects a proposed reversal: the credit stands, and a reversal can be proposed again; the audit keeps the proposal. Throws
 * Refusal: forbidden, reason_required, bank_transfer_not_found, reversal_not_proposed, decider_is_proposer, try_again.
 */
export async function rejectReversal(ctx: StaffContext, decision: RejectReversal): Promise<void> {
  requirePermission(ctx, 'transfers:decide')
  const note = requireReason(decision.note)
  await inTransaction(ctx.db, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, decision.bankTransferId)
    decideReversalDecision(facts, ctx.actor.staffId)
    const state = next(bankTransferMachine, transfer.state, 'reject_reversal')
    await tx
      .updateTable('bank_transfer')
      .set({ state, reversal_reason: null, reversal_proposed_by: null, reversal_proposed_at: null })
      .where('id', '=', transfer.id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'bank_transfer.reversal_rejected',
      subjectType: 'bank_transfer',
      subjectId: transfer.id,
      reason: note,
      before: {
        state: transfer.state,
        reversal_reason: transfer.reversal_reason,
        reversal_proposed_by: transfer.reversal_proposed_by,
      },
      after: { state, name: account.name },
    })
  })
}
