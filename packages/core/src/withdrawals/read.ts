import type { ConfirmationMeans, ConfirmationVerdict } from '@droplock/rules/confirmations'
import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { type OperatorContext, requirePermission, type StaffContext } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import { searchedAs } from '../name-as-written.ts'

/** Why a listing is or is to be withdrawn, if not by what its drop showed. */
export type WithdrawalView = {
  readonly listingId: string
  readonly name: string
  /** `dropping`: the catcher ends it. `caught`: it was registered before that reached the catcher. */
  readonly state: ListingState
  readonly at: Date
  /** What showed it; null where operators decided. */
  readonly means: ConfirmationMeans | null
  readonly finding: string | null
  readonly reason: string | null
  readonly proposalId: string | null
}

type ListWithdrawals = Paging & {
  /** A part of the name; see `searchedAs`. */
  readonly q?: string
  readonly zone?: string
  readonly registryId?: string
  /** By which means it was shown, or `operator`. */
  readonly means?: ConfirmationMeans | 'operator'
  /** Withdrawn in [from, to). */
  readonly from?: Date
  readonly to?: Date
}

/** Withdrawals by evidence and by operators, the newest first. Throws Refusal('forbidden'). */
export async function listWithdrawals(
  ctx: StaffContext,
  query: ListWithdrawals,
): Promise<Listed<WithdrawalView>> {
  requirePermission(ctx, 'console:read')
  const newest = filtered(ctx, query)
    .orderBy('withdrawal.at', 'desc')
    .orderBy('withdrawal.listing_id', 'desc')
  return readListed(ctx.db, newest, query, (row) => ({
    listingId: row.listing_id,
    name: row.name,
    state: row.state,
    at: row.at,
    means: row.means,
    finding: row.finding,
    reason: row.reason,
    proposalId: row.proposal_id,
  }))
}

function filtered(ctx: StaffContext, { q, zone, registryId, means, from, to }: ListWithdrawals) {
  let matching = ctx.db
    .selectFrom('withdrawal')
    .innerJoin('listing', 'listing.id', 'withdrawal.listing_id')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .leftJoin('confirmation_answer as answer', 'answer.id', 'withdrawal.answer_id')
    .select(['withdrawal.listing_id', 'listing.name', 'listing.state', 'withdrawal.at', 'withdrawal.reason'])
    .select(['withdrawal.proposal_id', 'answer.means', 'answer.finding'])
  if (q !== undefined) matching = matching.where('listing.name', 'like', `%${escapeLike(searchedAs(q))}%`)
  if (zone !== undefined) matching = matching.where('listing.zone', '=', zone)
  if (registryId !== undefined) matching = matching.where('zone.registry_id', '=', registryId)
  if (means === 'operator') matching = matching.where('withdrawal.answer_id', 'is', null)
  else if (means !== undefined) matching = matching.where('answer.means', '=', means)
  if (from !== undefined) matching = matching.where('withdrawal.at', '>=', from)
  if (to !== undefined) matching = matching.where('withdrawal.at', '<', to)
  return matching
}

/** The id of a name's newest listing. Throws Refusal: forbidden, listing_not_found. */
export async function findLatestListing(ctx: OperatorContext, name: string): Promise<string> {
  requirePermission(ctx, 'console:read')
  const listings = ctx.db.selectFrom('listing').select('id').where('name', '=', name)
  const newest = await listings.orderBy('cycle', 'desc').limit(1).executeTakeFirst()
  if (newest === undefined) throw new Refusal('listing_not_found', `No listing of ${name}.`, { name })
  return newest.id
}

/** One question about a suspect, and what its answer showed. */
export type AnswerView = {
  readonly id: string
  readonly means: ConfirmationMeans
  readonly askedAt: Date
  readonly answeredAt: Date | null
  readonly registryAccountId: string | null
  readonly url: string | null
  readonly cltrid: string | null
  readonly svtrid: string | null
  readonly code: number | null
  readonly verdict: ConfirmationVerdict
  readonly finding: string
  readonly statuses: readonly string[]
  readonly rgpStatuses: readonly string[]
  readonly crDate: Date | null
  readonly exDate: Date | null
  readonly registrar: string | null
  readonly decides: boolean
}

/** What a registry answered about a listing when it was suspect, the newest first. Throws Refusal: forbidden, listing_not_found. */
export async function listAnswers(
  ctx: StaffContext,
  { listingId, ...page }: Paging & { readonly listingId: string },
): Promise<Listed<AnswerView>> {
  requirePermission(ctx, 'console:read')
  const listing = await ctx.db
    .selectFrom('listing')
    .select('id')
    .where('id', '=', listingId)
    .executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id: listingId })
  const answers = ctx.db.selectFrom('confirmation_answer').selectAll().where('listing_id', '=', listingId)
  return readListed(ctx.db, answers.orderBy('asked_at', 'desc').orderBy('id', 'desc'), page, (row) => ({
    id: row.id,
    means: row.means,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
    registryAccountId: row.registry_account_id,
    url: row.url,
    cltrid: row.cltrid,
    svtrid: row.svtrid,
    code: row.code,
    verdict: row.verdict,
    finding: row.finding,
    statuses: row.statuses,
    rgpStatuses: row.rgp_statuses,
    crDate: row.cr_date,
    exDate: row.ex_date,
    registrar: row.registrar,
    decides: row.decides,
  }))
}
