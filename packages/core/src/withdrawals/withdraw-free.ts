import { listingMachine } from '@droplock/rules/machines/listing'
import { nextIfAllowed } from '@droplock/rules/machines/machine'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import type { OperatorContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { type LockedListing, lockListing } from '../locks.ts'
import { withdrawListing } from './withdraw.ts'

type WithdrawFree = { readonly listingId: string; readonly reason: string }

/**
 * Withdraws a listing without a holder for a reason that no registry shows, such as a court order. One with a holder needs two people:
 * see `proposeWithdrawal`. A later list may carry the name again, unless it is blocked. Throws Refusal: forbidden, reason_required,
 * listing_not_found, listing_not_withdrawable, listing_held, try_again.
 */
export async function withdrawFree(ctx: OperatorContext, command: WithdrawFree): Promise<void> {
  const { listingId, reason: given } = command
  const change = { permission: 'names:withdraw', subject: ['listing', listingId], reason: given } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const listing = await lockListing(tx, listingId)
    await requireWithdrawable(tx, listing)
    if (listing.holder !== null) throw heldByCustomer(listing)
    await withdrawListing(tx, ctx, listing, { reason }, await databaseTime(tx))
    return {
      action: 'listing.withdrawn',
      before: { name: listing.name, state: listing.state },
      after: { state: 'withdrawn' },
    }
  })
}

export function heldByCustomer({ name }: Pick<LockedListing, 'name'>): Refusal {
  return new Refusal('listing_held', `${name} has a holder: one person proposes it and another decides.`, {
    name,
  })
}

/** Throws Refusal('listing_not_withdrawable') where it has ended, or is being withdrawn already. The listing is locked. */
export async function requireWithdrawable(tx: Transaction<Database>, listing: LockedListing): Promise<void> {
  const { id, state } = listing
  if (nextIfAllowed(listingMachine, state, 'withdraw') === undefined)
    throw new Refusal('listing_not_withdrawable', `This listing is ${state}.`, { listing_state: state })
  const withdrawal = await tx
    .selectFrom('withdrawal')
    .select('at')
    .where('listing_id', '=', id)
    .executeTakeFirst()
  if (withdrawal !== undefined)
    throw new Refusal('listing_not_withdrawable', 'This listing is being withdrawn already.', {
      listing_state: state,
    })
}
