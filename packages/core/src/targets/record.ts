import { type Kysely, sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'

type AttemptCommand = 'create' | 'info' | 'fee_check' | 'rdap'

/**
 * One command for a target, as evidence: times by our clock, code and texts by the registry. All but `rdap` are EPP; that one's
 * code is the HTTP status.
 */
export type Attempt = {
  readonly clTRID: string
  readonly targetId: string
  readonly registryAccountId: string
  readonly command: AttemptCommand
  readonly sentAt: Date
  readonly answeredAt: Date | null
  /** First octet sent to last octet received, by the monotonic clock. */
  readonly roundTripUs: number | null
  readonly outcome: 'answered' | 'not_sent' | 'unknown'
  readonly code: number | null
  readonly message: string | null
  readonly svTRID: string | null
}

/** Keeps attempts as evidence. Repeating one (a journal replay) changes nothing: clTRID is its key. */
export async function recordAttempts(db: Kysely<Database>, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return
  await sql`
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, answered_at, round_trip_us,
      outcome, code, message, svtrid)
    select * from unnest(
      ${attempts.map((each) => each.clTRID)}::text[], ${attempts.map((each) => each.targetId)}::uuid[],
      ${attempts.map((each) => each.registryAccountId)}::text[], ${attempts.map((each) => each.command)}::text[],
      ${attempts.map((each) => each.sentAt)}::timestamptz[], ${attempts.map((each) => each.answeredAt)}::timestamptz[],
      ${attempts.map((each) => each.roundTripUs)}::integer[], ${attempts.map((each) => each.outcome)}::text[],
      ${attempts.map((each) => each.code)}::integer[], ${attempts.map((each) => each.message)}::text[],
      ${attempts.map((each) => each.svTRID)}::text[])
    on conflict on constraint catch_attempt_pkey do nothing`.execute(db)
}

/**
 * Marks targets whose create was taken as an application (1001): the award comes hours later. A successor asks who got the name
 * and creates nothing meanwhile. Throws LeaseLost.
 */
export async function markAwaitingAward(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<void> {
  if (targetIds.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(targetIds, 'firing', 'ambiguous')}
      update catch_target set state = 'awaiting_award' from locked where catch_target.id = locked.id`.execute(
      tx,
    )
  })
}

/**
 * Marks firing targets ambiguous: a create was sent and its answer is unknown. Nothing is refunded until `info` tells. Throws
 * LeaseLost.
 */
export async function markAmbiguous(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<void> {
  if (targetIds.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(targetIds, 'firing')}
      update catch_target set state = 'ambiguous' from locked where catch_target.id = locked.id`.execute(tx)
  })
}

/**
 * Marks targets as firing *before* their first create leaves: after a crash every firing target is asked about by `info`,
 * and none that was never fired is. Listing → dropping and backorder → registering in the same transaction. Returns the ids
 * that are firing now; a target that was disarmed or withdrawn meanwhile is not among them and must not be fired. Throws
 * LeaseLost.
 */
export async function beginFiring(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<readonly string[]> {
  if (targetIds.length === 0) return []
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    const ids = [...targetIds]
    await sql`
      select from listing where id in (select listing_id from catch_target where id = any(${ids}::uuid[]))
      order by id for update`.execute(tx)
    const { rows: fired } = await sql<{ id: string; listing_id: string; backorder_id: string }>`
      with locked as ${lockedInOrder(ids, 'armed')}
      update catch_target set state = 'firing' from locked where catch_target.id = locked.id
      returning catch_target.id, listing_id, backorder_id`.execute(tx)
    await sql`
      update listing set state = 'dropping'
      where id = any(${fired.map((target) => target.listing_id)}::uuid[]) and state = 'closed'`.execute(tx)
    const { rows: registering } = await sql<{ id: string }>`
      update backorder set state = 'registering'
      where id = any(${fired.map((target) => target.backorder_id)}::uuid[]) and state = 'backordered'
      returning id`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'backorder.registering',
      registering.map(({ id }) => id),
    )
    return fired.map((target) => target.id)
  })
}
