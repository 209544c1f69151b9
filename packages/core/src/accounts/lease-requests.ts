import { RATE_WINDOW_SECONDS, type RequestBucket } from '@droplock/rules/rate-limits'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'
import { compileOnce } from '../database/compile-once.ts'

/** A part of what is left becomes a lot: lots are large while much is left, and small when processes compete for the rest. */
const LOTS = 10

/** What a process may serve of an account's quota of one minute. */
export type Lease = {
  /** How many requests it may serve now, beyond what it leased before. */
  readonly granted: number
  /** Of all processes together, in this window. */
  readonly taken: number
  readonly quota: number
  /** Which minute: its beginning by the database's clock. */
  readonly windowAt: Date
  /** How long the window lasts from when the statement ran. Milliseconds. */
  readonly leftMs: number
}

export type WantedLot = { readonly accountId: string; readonly bucket: RequestBucket }

const window = sql`make_interval(secs => ${sql.lit(RATE_WINDOW_SECONDS)})`

/** The next lot where so much of the quota is taken. */
const lotAfter = (taken: RawBuilder<unknown>) => sql`
  least(greatest(excluded.quota - ${taken}, 0), greatest(1, (excluded.quota - ${taken}) / ${sql.lit(LOTS)}))`

/** Taken in the window for which the statement asks; a row that is of a later one was written while this statement waited for it. */
const takenNow = sql`(case when kept.window_at >= excluded.window_at then kept.taken else 0 end)`

type Leased = Lease & WantedLot

const leaseStatement = compileOnce(
  (db, wanted: { readonly accountIds: readonly string[]; readonly buckets: readonly string[] }) =>
    sql<Leased>`
      insert into request_budget as kept (account_id, bucket, window_at, quota, taken, granted)
      select id, bucket, date_bin(${window}, clock_timestamp(), 'epoch'), quota, first_lot, first_lot
      from unnest(${wanted.accountIds}::uuid[], ${wanted.buckets}::text[]) as wanted (account_id, bucket)
        join account on account.id = wanted.account_id, lateral (
        select case bucket when 'reads' then reads_per_minute_max else claims_per_minute_max end as quota) as of_account,
        lateral (select greatest(1, quota / ${sql.lit(LOTS)}) as first_lot) as lot
      where (select set_config('synchronous_commit', 'off', true)) is not null
      -- In the one order of all processes: each waits for the rows of the others.
      order by id, bucket
      on conflict (account_id, bucket) do update set
        window_at = greatest(kept.window_at, excluded.window_at),
        quota = greatest(excluded.quota, ${takenNow}),
        granted = ${lotAfter(takenNow)},
        taken = ${takenNow} + ${lotAfter(takenNow)}
      returning account_id as "accountId", bucket, granted, taken, quota, window_at as "windowAt",
        extract(epoch from window_at + ${window} - clock_timestamp())::float8 * 1000 as "leftMs"`.compile(db),
)

/**
 * Leases lots of requests of this minute to the calling process, each account and bucket once; in any order, without those of accounts that
 * do not exist. All lots of a minute together never exceed the quota. The commit is not waited for: a server that crashes forgets at
 * most the counts of a minute.
 */
export async function leaseRequests(
  { db }: Pick<Context, 'db'>,
  wanted: readonly WantedLot[],
): Promise<readonly Leased[]> {
  const accountIds = wanted.map(({ accountId }) => accountId)
  const buckets = wanted.map(({ bucket }) => bucket)
  const { rows } = await db.executeQuery(leaseStatement(db, { accountIds, buckets }))
  return rows
}
