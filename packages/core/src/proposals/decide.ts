import { outcomeTable } from '@droplock/rules/drop/outcome'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import { type ProposalKind, proposalPermissions } from '@droplock/rules/proposals'
import type { Transaction } from 'kysely'
import { writeCreditLimit } from '../accounts/set-credit-limit.ts'
import { requireActiveProposer } from '../audit/require-active.ts'
import { checkTransfer, creditTransfer } from '../bank-transfers/record.ts'
import { type Context, requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'
import { beginFiring } from '../targets/begin-firing.ts'
import { recordOutcome } from '../targets/record-outcome.ts'
import { endProposal, expireLocked, type LockedProposal, lockDecidable, selectOverdue } from './internal.ts'
import { lockUndecided } from './propose-target-outcome.ts'

type ApproveProposal = { readonly proposalId: string; readonly note?: string }

/**
 * Approves what another person proposed, and does it, under the same rules as when it was proposed. Throws Refusal: forbidden,
 * proposal_not_found, proposal_already_decided, decider_is_proposer, proposal_expired, proposer_disabled, and what the act itself is refused as.
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
    await acts[proposal.kind](tx, { ...ctx, db: tx }, proposal)
    await endProposal(tx, ctx, proposal, 'approve', note)
  })
}

type Act = (tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) => Promise<void>

const acts: Readonly<Record<ProposalKind, Act>> = {
  target_outcome: settleByPeople,
  bank_transfer: creditByTwo,
  credit_limit: setLimitByTwo,
}

/** By the outcome table, as the catcher would have. What was never fired is begun first, so that every state follows its machine. */
async function settleByPeople(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
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

async function creditByTwo(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
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

async function setLimitByTwo(tx: Transaction<Database>, ctx: StaffContext, proposal: LockedProposal) {
  const account = await lockNamedAccount(tx, proposal.subject)
  await writeCreditLimit(tx, ctx, account, BigInt(readerOf(proposal)('limit_minor')), proposal.reason)
}

/** The members of what was proposed, which our own use cases wrote. */
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
  if (known === undefined) throw new Error(`no outcome is called ${text}`)
  return known
}

type RejectProposal = { readonly proposalId: string; readonly note: string }

/**
 * Rejects what another person proposed: nothing moves, and it can be proposed again. Throws Refusal: forbidden, reason_required,
 * proposal_not_found, proposal_already_decided, decider_is_proposer, proposal_expired.
 */
export async function rejectProposal(ctx: StaffContext, decision: RejectProposal): Promise<void> {
  requirePermission(ctx, 'proposals:decide')
  const note = requireReason(decision.note)
  await inTransaction(ctx.db, async (tx) => {
    const proposal = await lockDecidable(tx, ctx, decision.proposalId)
    requirePermission(ctx, proposalPermissions[proposal.kind].decide)
    await endProposal(tx, ctx, proposal, 'reject', note)
  })
}

/** Ends one proposal that nobody decided in time. Several processes may do it at once. Whether there was one. */
export async function expireProposal(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const now = await databaseTime(tx)
    const overdue = await selectOverdue(tx, now)
      .orderBy('expires_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (overdue === undefined) return false
    await expireLocked(tx, overdue, now)
    return true
  })
}
