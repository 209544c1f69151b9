import { outcomeTable } from '@droplock/rules/drop/outcome'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { type ProposalKind, proposalPermissions } from '@droplock/rules/proposals'
import type { Transaction } from 'kysely'
import { writeCreditLimit } from '../accounts/set-credit-limit.ts'
import { recordAudit } from '../audit/record.ts'
import { requireActiveProposer } from '../audit/require-active.ts'
import { checkTransfer, creditTransfer } from '../bank-transfers/record.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'
import { closeAsProposed } from '../months/close.ts'
import { beginFiring } from '../targets/begin-firing.ts'
import { recordOutcome } from '../targets/record-outcome.ts'
import { endProposal, type LockedProposal, lockDecidable } from './internal.ts'
import { stopAsProposed } from './propose-registry-stop.ts'
import { lockUndecided } from './propose-target-outcome.ts'
import { withdrawProposed } from './propose-withdrawal.ts'

type ApproveProposal = { readonly proposalId: string; readonly note?: string }

/**
 * Approves what another person proposed and carries it out, under the rules that applied when it was proposed. Throws Refusal:
 * forbidden, proposal_not_found, proposal_already_decided, decider_is_proposer, proposal_expired, proposer_disabled, and those of the
 * change itself.
 */
export async function approveProposal(
  ctx: StaffContext,
  { proposalId, note }: ApproveProposal,
): Promise<void> {
  requirePermission(ctx, 'proposals:decide')
  await inTransaction(ctx.db, async (tx) => {
    const proposal = await lockDecidable(tx, ctx, proposalId)
    requirePermission(ctx, proposalPermissions[proposal.kind].decide)
    await requireActiveProposer(tx, proposal.proposed_by)
    await carryOut[proposal.kind](tx, { ...ctx, db: tx }, proposal)
    await endProposal(tx, ctx, proposal, 'approve', note)
  })
}

type CarryOut = (tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) => Promise<void>

const carryOut: Readonly<Record<ProposalKind, CarryOut>> = {
  target_outcome: recordProposedOutcome,
  bank_transfer: creditProposedTransfer,
  credit_limit: setProposedLimit,
  withdrawal: withdrawProposedName,
  registry_stop: stopProposedRegistry,
  month_close: closeProposedMonth,
}

/** By the outcome table, as the catcher would. A target that never fired starts firing first, because its machine wants that order. */
async function recordProposedOutcome(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
  const terms = readerOf(proposal)
  const outcome = outcomeOf(terms('outcome'))
  const crDate = terms.optional('cr_date')
  const decided = {
    targetId: proposal.subject,
    outcome,
    crDate: crDate === undefined ? undefined : new Date(crDate),
    registryAccountId: terms.optional('registry_account_id'),
  }
  const target = await lockUndecided(tx, decided)
  if (target.state === 'armed') await beginFiring(ctx, [target.id])
  const common = {
    targetId: target.id,
    listingId: target.listing_id,
    proposalId: proposal.id,
    code: null,
    holderClid: null,
    attempts: [],
  }
  const { crDate: wonAt, registryAccountId } = decided
  const settled =
    outcome !== 'registered'
      ? await recordOutcome(ctx, { ...common, registryAccountId: null, outcome })
      : wonAt !== undefined && registryAccountId !== undefined
        ? await recordOutcome(ctx, { ...common, registryAccountId, outcome, crDate: wonAt })
        : false
  if (!settled) throw new Error(`target ${target.id} was not settled by ${proposal.id}`)
}

async function creditProposedTransfer(
  tx: Transaction<Database>,
  ctx: StaffContext,
  proposal: LockedProposal,
) {
  const terms = readerOf(proposal)
  const command = {
    accountId: terms('account_id'),
    amountMinor: BigInt(terms('amount_minor')),
    currency: terms('currency'),
    bankReference: terms('bank_reference'),
    note: proposal.reason,
  }
  const { account, bankReference } = await checkTransfer(tx, command)
  await creditTransfer(tx, ctx, {
    ...command,
    account,
    bankReference,
    recordedBy: proposal.proposed_by,
    authority: { proposal_id: proposal.id },
  })
}

async function setProposedLimit(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
  const account = await lockNamedAccount(tx, proposal.subject)
  const changed = await writeCreditLimit(tx, account, BigInt(readerOf(proposal)('limit_minor')))
  await recordAudit(tx, {
    by: ctx.actor,
    subjectType: 'account',
    subjectId: account.id,
    reason: proposal.reason,
    ...changed,
  })
}

async function withdrawProposedName(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
  const terms = readerOf(proposal)
  await withdrawProposed(tx, ctx, {
    listingId: proposal.subject,
    backorderId: terms('backorder_id'),
    block: terms('block') === 'yes',
    reason: proposal.reason,
    proposalId: proposal.id,
  })
}

async function stopProposedRegistry(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
  const { id: proposalId, subject: registryId, reason } = proposal
  await stopAsProposed(tx, ctx, { registryId, reason, proposalId })
}

async function closeProposedMonth(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
  const { id: proposalId, subject: month, reason, terms } = proposal
  await closeAsProposed(tx, ctx, { month, hash: readerOf(proposal)('hash'), terms, reason, proposalId })
}

/** The members of the proposed terms, which our own use cases wrote. */
function readerOf({ id, terms }: LockedProposal) {
  const members = new Map(Object.entries(Object(terms)))
  const optional = (name: string): string | undefined => {
    const value = members.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const required = (name: string): string => {
    const value = optional(name)
    if (value === undefined) throw new Error(`proposal ${id} has no ${name}`)
    return value
  }
  return Object.assign(required, { optional })
}

function outcomeOf(text: string): Outcome {
  const known = Object.keys(outcomeTable).find((outcome): outcome is Outcome => outcome === text)
  if (known === undefined) throw new Error(`unknown outcome ${text}`)
  return known
}
