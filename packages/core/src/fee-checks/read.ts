import type { FeeVerdictWord } from '@droplock/rules/fee-checks'
import { Refusal } from '@droplock/rules/refusals'
import type { Selectable } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import type { FeeAnswerTable } from '../database/tables.gen.ts'

/** What a registry answered about the price of a name: the evidence for its flag `premium`. */
export type FeeAnswerView = {
  readonly verdict: FeeVerdictWord
  /** What a create for one year costs, in minor units, and the registry's class, as far as it said so. */
  readonly feeMinor: bigint | null
  readonly currency: string | null
  readonly feeClass: string | null
  /** Why it showed nothing. */
  readonly finding: string | null
  /** Whether the flag was changed by it. */
  readonly changed: boolean
  readonly askedAt: Date
  readonly answeredAt: Date | null
  /** The EPP result code. */
  readonly code: number | null
  readonly registryAccountId: string
  readonly clTRID: string
  readonly svTRID: string | null
}

type ListFeeAnswers = Paging & { readonly listingId: string }

/** The fee checks of a listing, the newest first. Throws Refusal: forbidden, listing_not_found. */
export async function listFeeAnswers(
  ctx: OperatorContext,
  query: ListFeeAnswers,
): Promise<Listed<FeeAnswerView>> {
  requirePermission(ctx, 'console:read')
  const { listingId: id } = query
  const listing = await ctx.db.selectFrom('listing').select('id').where('id', '=', id).executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  const answers = ctx.db
    .selectFrom('fee_answer')
    .selectAll()
    .where('listing_id', '=', id)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
  return readListed(ctx.db, answers, query, toView)
}

/** An answer with the name that was asked about. */
type ZoneFeeAnswer = FeeAnswerView & {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly zone: string
}

type ListZoneFeeAnswers = Paging & { readonly zone?: string; readonly verdict?: FeeVerdictWord }

/** The fee checks of all names, or of a zone's, the newest first. Throws Refusal('forbidden'). */
export async function listZoneFeeAnswers(
  ctx: OperatorContext,
  { zone, verdict, ...paging }: ListZoneFeeAnswers,
): Promise<Listed<ZoneFeeAnswer>> {
  requirePermission(ctx, 'console:read')
  let answers = ctx.db
    .selectFrom('fee_answer')
    .innerJoin('listing', 'listing.id', 'fee_answer.listing_id')
    .selectAll('fee_answer')
    .select(['listing.name', 'listing.zone'])
  if (zone !== undefined) answers = answers.where('listing.zone', '=', zone)
  if (verdict !== undefined) answers = answers.where('verdict', '=', verdict)
  const newest = answers.orderBy('asked_at', 'desc').orderBy('fee_answer.id', 'desc')
  return readListed(ctx.db, newest, paging, (row) => ({
    id: row.id,
    listingId: row.listing_id,
    name: row.name,
    zone: row.zone,
    ...toView(row),
  }))
}

function toView(row: Selectable<FeeAnswerTable>): FeeAnswerView {
  return {
    verdict: row.verdict,
    feeMinor: row.fee_minor,
    currency: row.currency,
    feeClass: row.fee_class,
    finding: row.finding,
    changed: row.changed,
    askedAt: row.asked_at,
    answeredAt: row.answered_at,
    code: row.code,
    registryAccountId: row.registry_account_id,
    clTRID: row.cltrid,
    svTRID: row.svtrid,
  }
}
