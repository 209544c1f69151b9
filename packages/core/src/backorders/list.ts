import { COUNTED_MAX } from '@droplock/rules/counts'
import { type BackorderState, backorderMachine } from '@droplock/rules/machines/backorder'
import { statesOf } from '@droplock/rules/machines/machine'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { escapeLike, type Page, requireCursor, toPage } from '../database/page.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './read.ts'

/** What is left out filters nothing. */
export type BackorderFilter = {
  readonly state?: BackorderState | undefined
  readonly zone?: string | undefined
  /** A part of the name. */
  readonly name?: string | undefined
  readonly reference?: string | undefined
  /** Days (UTC, ISO 8601) on which the drop window begins; both are included. */
  readonly dropFrom?: string | undefined
  readonly dropTo?: string | undefined
}

export type ListBackorders = BackorderFilter & {
  /** `id` of the last backorder of the page before. */
  readonly after?: string
  readonly limit: number
  readonly counts?: boolean | undefined
}

/** How many backorders match, by state, apart from the filter by state; counted up to `COUNTED_MAX` in all. */
export type BackorderCounts = {
  readonly byState: Readonly<Record<BackorderState, number>>
  readonly total: number
  readonly totalIsExact: boolean
}

export type BackorderPage = Page<BackorderView> & { readonly counts?: BackorderCounts }

/** The caller's backorders, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listBackorders(ctx: AccountContext, query: ListBackorders): Promise<BackorderPage> {
  requireScope(ctx, 'backorders:read')
  const { state, after, limit, counts } = query
  const matching = selectMatching(ctx, query)
  let select = matching.orderBy('backorder.id', 'desc').limit(limit + 1)
  if (state !== undefined) select = select.where('backorder.state', '=', state)
  if (after !== undefined) {
    await requireCursor(selectBackorders(ctx).where('backorder.id', '=', after))
    select = select.where('backorder.id', '<', after)
  }
  const rows = await select.execute()
  const page = toPage(rows.map(toBackorderView), limit, (backorder) => backorder.id)
  return counts === true ? { ...page, counts: await countByState(matching, ctx, state) } : page
}

function selectMatching(ctx: AccountContext, filter: BackorderFilter) {
  const { zone, name, reference, dropFrom, dropTo } = filter
  let select = selectBackorders(ctx)
  if (zone !== undefined) select = select.where('listing.zone', '=', zone)
  if (name !== undefined) select = select.where('backorder.name', 'like', `%${escapeLike(name)}%`)
  if (reference !== undefined) select = select.where('backorder.reference', '=', reference)
  if (dropFrom !== undefined) {
    select = select.where(sql<boolean>`listing.drop_from >= ${dropFrom}::date::timestamp at time zone 'UTC'`)
  }
  if (dropTo !== undefined) {
    select = select.where(
      sql<boolean>`listing.drop_from < (${dropTo}::date + 1)::timestamp at time zone 'UTC'`,
    )
  }
  return select
}

/** One query, which ends at `COUNTED_MAX` rows. */
async function countByState(
  matching: ReturnType<typeof selectMatching>,
  { db }: AccountContext,
  state: BackorderState | undefined,
): Promise<BackorderCounts> {
  const counted = matching
    .clearSelect()
    .select('backorder.state')
    .limit(COUNTED_MAX + 1)
  const { rows } = await sql<{ state: BackorderState; count: bigint }>`
    select state, count(*) as count from (${counted}) as matching group by state`.execute(db)
  const of = (wanted: BackorderState) => Number(rows.find((row) => row.state === wanted)?.count ?? 0n)
  const states = statesOf(backorderMachine)
  const all = states.reduce((sum, each) => sum + of(each), 0)
  return {
    byState: Object.fromEntries(states.map((each) => [each, of(each)])) as BackorderCounts['byState'],
    total: Math.min(state === undefined ? all : of(state), COUNTED_MAX),
    totalIsExact: all <= COUNTED_MAX,
  }
}
