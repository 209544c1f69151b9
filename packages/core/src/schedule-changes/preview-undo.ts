import { Refusal } from '@droplock/rules/refusals'
import { type Selectable, sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import type { ScheduleChangeListingTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import type { Decided } from '../schedule/change-row.ts'
import { selectFacts, toFacts } from '../schedule/facts.ts'
import { stateAfter } from './apply.ts'
import { decideUndo } from './decide-undo.ts'
import { type ChangePreview, LISTINGS_PER_READ, summarize } from './preview.ts'

type Child = Selectable<ScheduleChangeListingTable>

/**
 * Decides what undoing a change would do to each of its listings now. Nothing is kept: `undoChange` decides each listing again, under its
 * lock, and counts by cause what it left. Throws Refusal: forbidden, schedule_change_not_found, schedule_change_not_possible.
 */
export async function previewUndo(ctx: OperatorContext, changeId: string): Promise<ChangePreview> {
  requirePermission(ctx, 'schedules:override')
  const change = await ctx.db
    .selectFrom('schedule_change')
    .select(['kind', 'state'])
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (change === undefined)
    throw new Refusal('schedule_change_not_found', 'No such change.', { id: changeId })
  stateAfter(change.state, 'undo')
  const now = await databaseTime(ctx.db)
  const summary = summarize(now)
  for await (const children of readApplied(ctx, changeId)) {
    const facts = await readFacts(ctx, children)
    summary.add(
      children.flatMap((child): Decided[] => {
        const listing = facts.get(child.listing_id)
        return listing === undefined
          ? []
          : [{ facts: listing, decision: decideUndo(change, child, listing, now) }]
      }),
    )
  }
  return { id: changeId, ...summary.result() }
}

/** What the change has moved and nobody has returned, in batches by id. */
async function* readApplied({ db }: OperatorContext, changeId: string): AsyncGenerator<readonly Child[]> {
  let after: string | undefined
  for (;;) {
    let next = db
      .selectFrom('schedule_change_listing')
      .selectAll()
      .where('change_id', '=', changeId)
      .where('result', '=', 'applied')
      .where('undo_result', 'is', null)
    if (after !== undefined) next = next.where('listing_id', '>', after)
    const children = await next.orderBy('listing_id').limit(LISTINGS_PER_READ).execute()
    yield children
    after = children.at(-1)?.listing_id
    if (after === undefined || children.length < LISTINGS_PER_READ) return
  }
}

async function readFacts({ db }: OperatorContext, children: readonly Child[]) {
  if (children.length === 0) return new Map()
  const ids = children.map(({ listing_id }) => listing_id)
  const rows = await selectFacts(db).where(sql<boolean>`listing.id = any(${ids}::uuid[])`).execute()
  return new Map(rows.map((row) => [row.id, toFacts(row)]))
}
