import type { FeeFinding } from '@droplock/rules/drop/decide-by-fee'
import { feeCheckAgainAt } from '@droplock/rules/fee-checks'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { type Lease, requireLease } from '../leases.ts'

/** A fee check of some names of one zone, and what it showed of each. */
export type FeeAnswers = {
  readonly registryAccountId: string
  /** Of the catcher, which must still hold it. */
  readonly lease: Lease
  readonly clTRID: string
  readonly svTRID: string | null
  readonly code: number | null
  readonly askedAt: Date
  /** Null where no answer came. */
  readonly answeredAt: Date | null
  readonly findings: readonly (FeeFinding & { readonly listingId: string })[]
}

/** What changed: names that are premium now, and names that are not any more. */
export type FeesRecorded = { readonly flagged: number; readonly cleared: number }

/**
 * Records the answers with their evidence, and flags what is premium or clears the flag, in one transaction under the locks of the
 * listings. A held name that is flagged is reported to its holder and fails nothing: the registry's quote at the drop decides (rule 3).
 * What is unknown changes no flag and is asked again, with growing pauses. Throws LeaseLost.
 */
export async function recordFees(ctx: Context, answers: FeeAnswers): Promise<FeesRecorded> {
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, answers.lease)
    const listings = await lockChecked(tx, answers)
    const now = await databaseTime(tx)
    const found = answers.findings.flatMap((finding) => {
      const listing = listings.get(finding.listingId)
      if (listing === undefined) return []
      const premium = finding.verdict === 'unknown' ? listing.premium : finding.verdict === 'premium'
      return [{ finding, listing, premium, changed: premium !== listing.premium }]
    })
    const changed = found.filter((each) => each.changed)
    for (const premium of [true, false]) {
      const ids = changed.flatMap((each) => (each.premium === premium ? [each.listing.id] : []))
      if (ids.length > 0) await tx.updateTable('listing').set({ premium }).where('id', 'in', ids).execute()
    }
    await insertAnswers(tx, ctx, answers, found)
    await planNext(tx, found, now)
    const flagged = changed.filter(({ premium }) => premium)
    const holders = flagged.flatMap(({ listing }) => (listing.holder === null ? [] : [listing.holder]))
    await publishAll(tx, ctx, 'backorder.premium_flagged', holders)
    return { flagged: flagged.length, cleared: changed.length - flagged.length }
  })
}

type Checked = {
  readonly id: string
  readonly premium: boolean
  readonly holder: string | null
  readonly cutoffAt: Date
  readonly attempts: number
}

type Found = {
  readonly finding: FeeAnswers['findings'][number]
  readonly listing: Checked
  readonly changed: boolean
}

async function lockChecked(tx: Transaction<Database>, { findings }: FeeAnswers) {
  const ids = findings.map(({ listingId }) => listingId)
  const { rows } = await sql<Checked>`
    select listing.id, premium, holder, cutoff_at as "cutoffAt", attempts
    from listing join fee_check on fee_check.listing_id = listing.id
    where listing.id = any(${ids}::uuid[]) order by listing.id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

async function insertAnswers(
  tx: Transaction<Database>,
  ctx: Context,
  answers: FeeAnswers,
  found: readonly Found[],
): Promise<void> {
  if (found.length === 0) return
  const values = found.map(({ finding, listing, changed }) => ({
    id: ctx.newId(),
    listing_id: listing.id,
    registry_account_id: answers.registryAccountId,
    cltrid: answers.clTRID,
    svtrid: answers.svTRID,
    code: answers.code,
    asked_at: answers.askedAt,
    answered_at: answers.answeredAt,
    verdict: finding.verdict,
    fee_minor: finding.verdict === 'unknown' ? null : (finding.quoted?.amountMinor ?? null),
    currency: finding.verdict === 'unknown' ? null : (finding.quoted?.currency ?? null),
    fee_class: finding.verdict === 'unknown' ? null : finding.feeClass,
    finding: finding.verdict === 'unknown' ? finding.finding : null,
    changed,
  }))
  await tx.insertInto('fee_answer').values(values).execute()
}

async function planNext(tx: Transaction<Database>, found: readonly Found[], now: Date): Promise<void> {
  const next = found.map(({ finding, listing }) => {
    const attempts = finding.verdict === 'unknown' ? listing.attempts + 1 : 0
    return { id: listing.id, attempts, at: feeCheckAgainAt(attempts, listing.cutoffAt, now) }
  })
  await sql`
    update fee_check set try_after = next.at, attempts = next.attempts
    from unnest(${next.map(({ id }) => id)}::uuid[], ${next.map(({ at }) => at)}::timestamptz[],
      ${next.map(({ attempts }) => attempts)}::integer[]) as next (id, at, attempts)
    where fee_check.listing_id = next.id`.execute(tx)
}
