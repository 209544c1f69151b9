import { Refusal } from '@droplock/rules/refusals'
import { type ChangeDecision, decideChange, type ScheduleAction } from '@droplock/rules/schedule/change'
import { type ChangeCounts, createChangeCounter } from '@droplock/rules/schedule/change-counts'
import { sql, type Transaction } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { nameAsWritten } from '../name-as-written.ts'
import { columnsOf, type Decided, madeBy } from '../schedule/change-row.ts'
import { type ListingFacts, readZoneSchedules, toFacts, zoneScheduleOf } from '../schedule/facts.ts'
import { type ChangeFilter, requireNarrowing, selectMatching } from './select.ts'

/** More than a day of the largest registry; a larger change is made zone by zone or day by day. */
export const LISTINGS_PER_CHANGE_MAX = 200_000

/** Listings read and decided at once: little memory, and few round trips. */
export const LISTINGS_PER_READ = 5_000

/** Listings that a preview shows; the counts are of all. */
const LISTINGS_SHOWN_MAX = 100

export type PreviewChange = { readonly action: ScheduleAction; readonly filter: ChangeFilter }

/** A listing of a preview. */
export type PreviewedListing = {
  readonly listingId: string
  readonly name: string
  readonly state: ListingFacts['state']
  readonly holder: ListingFacts['holder']
  readonly before: ListingFacts['schedule']
  readonly decision: ChangeDecision
}

export type ChangePreview = {
  readonly id: string
  readonly counts: ChangeCounts
  /** The first of those that change or cannot be changed. */
  readonly first: readonly PreviewedListing[]
}

/**
 * Decides what a change would do to each of its listings, and keeps it as a draft: no listing changes. Applying the draft changes the
 * listings that are still as they were seen here. Throws Refusal: forbidden, invalid_request (a filter that names nothing),
 * too_many_listings.
 */
export async function previewChange(ctx: OperatorContext, given: PreviewChange): Promise<ChangePreview> {
  requirePermission(ctx, 'schedules:override')
  requireNarrowing(given.filter)
  const command = { ...given, filter: withALabels(given.filter) }
  return inTransaction(ctx.db, async (tx) => {
    const id = ctx.newId()
    const now = await databaseTime(tx)
    await insertDraft(tx, ctx, id, command, now)
    const summary = summarize(now)
    for await (const batch of decideAll(tx, command, now)) {
      await insertListings(tx, id, batch)
      summary.add(batch)
    }
    const { counts, first } = summary.result()
    const preview: JsonObject = JSON.parse(JSON.stringify(counts))
    await tx.updateTable('schedule_change').set({ preview }).where('id', '=', id).execute()
    return { id, counts, first }
  })
}

/** Names as people write them; what is no name finds nothing. */
function withALabels(filter: ChangeFilter): ChangeFilter {
  if (filter.names === undefined) return filter
  return { ...filter, names: filter.names.map((name) => nameAsWritten(name) ?? name) }
}

/** Counts decisions batch by batch, and keeps the first of those that change or cannot be changed. */
export function summarize(now: Date) {
  const counter = createChangeCounter()
  const first: PreviewedListing[] = []
  return {
    add: (batch: readonly Decided[]) => {
      for (const { facts, decision } of batch) {
        counter.add({ facts, accountId: facts.accountId, payBy: facts.payBy }, decision, now)
        if (decision.effect !== 'unchanged' && first.length < LISTINGS_SHOWN_MAX)
          first.push(shown(facts, decision))
      }
    },
    result: () => ({ counts: counter.counts(), first }),
  }
}

function shown(
  { id, name, state, holder, schedule }: ListingFacts,
  decision: ChangeDecision,
): PreviewedListing {
  return { listingId: id, name, state, holder, before: schedule, decision }
}

async function insertDraft(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  id: string,
  { action, filter }: PreviewChange,
  now: Date,
): Promise<void> {
  const { staffId, name } = madeBy(ctx.actor)
  await tx
    .insertInto('schedule_change')
    .values({
      id,
      kind: action.kind,
      ...columnsOf(action),
      filter: JSON.parse(JSON.stringify(filter)),
      preview: {},
      state: 'draft',
      made_by: staffId,
      made_by_name: name,
      made_at: now,
    })
    .execute()
}

/** The matching listings with their decisions, in batches. */
async function* decideAll(
  tx: Transaction<Database>,
  { action, filter }: PreviewChange,
  now: Date,
): AsyncGenerator<readonly Decided[]> {
  const zones = await readZoneSchedules(tx)
  let after: string | undefined
  for (let count = 0; ; ) {
    const rows = await selectMatching(tx, filter, after, LISTINGS_PER_READ).execute()
    count += rows.length
    if (count > LISTINGS_PER_CHANGE_MAX)
      throw new Refusal('too_many_listings', `A change has at most ${LISTINGS_PER_CHANGE_MAX} listings.`, {
        max: LISTINGS_PER_CHANGE_MAX,
      })
    const listings = rows.map(toFacts)
    yield listings.map((facts) => ({
      facts,
      decision: decideChange(action, facts, zoneScheduleOf(zones, facts.zone), now),
    }))
    after = listings.at(-1)?.id
    if (after === undefined || rows.length < LISTINGS_PER_READ) return
  }
}

/** One array per column: the number of parameters does not depend on the batch. */
async function insertListings(
  tx: Transaction<Database>,
  id: string,
  batch: readonly Decided[],
): Promise<void> {
  if (batch.length === 0) return
  const facts = batch.map((each) => each.facts)
  await sql`
    insert into schedule_change_listing (change_id, listing_id, version, state, holder, target, cutoff_at, drop_from, drop_to, effect)
    select ${id}::uuid, * from unnest(
      ${facts.map((each) => each.id)}::uuid[], ${facts.map((each) => each.version)}::integer[],
      ${facts.map((each) => each.state)}::text[], ${facts.map((each) => each.holder)}::text[],
      ${facts.map((each) => each.target)}::text[], ${facts.map((each) => each.schedule.cutoffAt)}::timestamptz[],
      ${facts.map((each) => each.schedule.dropFrom)}::timestamptz[], ${facts.map((each) => each.schedule.dropTo)}::timestamptz[],
      ${batch.map((each) => each.decision.effect)}::text[])`.execute(tx)
}
