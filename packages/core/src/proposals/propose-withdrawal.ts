import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { insertBlock } from '../blocked-names/block.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockListing } from '../locks.ts'
import { type Withdrawn, withdrawListing } from '../withdrawals/withdraw.ts'
import { requireWithdrawable } from '../withdrawals/withdraw-free.ts'
import { insertProposal } from './internal.ts'

type ProposeWithdrawal = {
  readonly listingId: string
  /** Whether later lists must not list the name again. */
  readonly block: boolean
  /** The order, notice or letter, as text, for the second person to judge. */
  readonly evidence: string
  readonly reason: string
}

/**
 * Proposes to withdraw a name that a customer holds; another person decides, and nothing changes before. Returns the proposal's id.
 * Throws Refusal: forbidden, reason_required, listing_not_found, listing_not_withdrawable, listing_not_held, proposal_open, try_again.
 */
export async function proposeWithdrawal(ctx: StaffContext, proposed: ProposeWithdrawal): Promise<string> {
  requirePermission(ctx, 'names:withdraw')
  const reason = requireReason(proposed.reason)
  const evidence = requireReason(proposed.evidence)
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListing(tx, proposed.listingId)
    await requireWithdrawable(tx, listing)
    if (listing.holder === null)
      throw new Refusal('listing_not_held', 'It has no holder: one person may withdraw or block it.')
    const order = await tx
      .selectFrom('backorder')
      .innerJoin('account', 'account.id', 'backorder.account_id')
      .select(['account.name', 'backorder.state'])
      .where('backorder.id', '=', listing.holder)
      .executeTakeFirstOrThrow()
    return insertProposal(tx, ctx, {
      kind: 'withdrawal',
      subject: listing.id,
      terms: {
        name: listing.name,
        backorder_id: listing.holder,
        backorder_state: order.state,
        account_name: order.name,
        drop_from: listing.drop_from.toISOString(),
        block: proposed.block ? 'yes' : 'no',
        evidence,
      },
      reason,
    })
  })
}

type Approved = {
  readonly listingId: string
  readonly backorderId: string
  readonly block: boolean
  readonly reason: string
  readonly proposalId: string
}

/**
 * Withdraws the name as it was proposed. A name that another customer holds by now was not what was proposed. Throws Refusal:
 * listing_not_withdrawable, listing_changed.
 */
export async function withdrawProposed(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { listingId, backorderId, block, reason, proposalId }: Approved,
): Promise<Withdrawn> {
  const listing = await lockListing(tx, listingId)
  await requireWithdrawable(tx, listing)
  if (listing.holder !== null && listing.holder !== backorderId)
    throw new Refusal('listing_changed', 'Another order holds the name by now.', { changed: 'holder' })
  const now = await databaseTime(tx)
  const result = await withdrawListing(tx, ctx, listing, { reason, proposalId }, now)
  if (block)
    await insertBlock(tx, ctx, { name: listing.name, zone: listing.zone, reason, untilAt: null }, now)
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'listing.withdrawn',
    subjectType: 'listing',
    subjectId: listing.id,
    reason,
    before: { name: listing.name, state: listing.state },
    after: { state: result, proposal_id: proposalId, blocked: block },
  })
  return result
}
