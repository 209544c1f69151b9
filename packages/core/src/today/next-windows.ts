import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Windows shown: more than a day has, fewer than a page. */
const WINDOWS_SHOWN_MAX = 12

/** Live listings of one zone that start to drop within one minute: exact instants would make a window of every name. */
export type NextWindow = {
  readonly zone: string
  /** The earliest start, cut-off and the latest end among them. */
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly cutoffAt: Date
  readonly listings: number
  readonly held: number
}

type Row = {
  readonly zone: string
  readonly drop_from: Date
  readonly drop_to: Date
  readonly cutoff_at: Date
  readonly listings: bigint
  readonly held: bigint
}

/** The windows that are open now or come next, soonest first. */
export async function readNextWindows(db: Kysely<Database>): Promise<readonly NextWindow[]> {
  const { rows } = await sql<Row>`
    select zone, min(drop_from) as drop_from, max(drop_to) as drop_to, min(cutoff_at) as cutoff_at,
      count(*) as listings, count(holder) as held
    from listing
    where state in ('upcoming', 'open', 'closed', 'dropping') and drop_to > clock_timestamp()
    group by zone, date_trunc('minute', drop_from)
    order by min(drop_from), zone limit ${WINDOWS_SHOWN_MAX}`.execute(db)
  return rows.map((row) => ({
    zone: row.zone,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
    cutoffAt: row.cutoff_at,
    listings: Number(row.listings),
    held: Number(row.held),
  }))
}
