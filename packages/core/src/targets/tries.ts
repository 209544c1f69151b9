import type { TargetTryState } from '@droplock/rules/machines/target-try'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'

/** A change of what an account does about targets. */
type Step = { readonly from: readonly LiveTry[]; readonly to: LiveTry }

type LiveTry = Exclude<TargetTryState, 'ended'>

/**
 * Changes the tries of the lease's account at these targets, and the targets' states with them (`stateOverTries`). Without a lease
 * (operators, repairs) the targets alone, which no account tries then. Throws LeaseLost.
 */
export async function moveTries(
  ctx: Context,
  targetIds: readonly string[],
  { from, to }: Step,
  lease: Lease | undefined,
): Promise<void> {
  if (targetIds.length === 0) return
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    if (lease === undefined) {
      await sql`
        with locked as ${lockedInOrder(targetIds, ...from)}
        update catch_target set state = ${to} from locked where catch_target.id = locked.id`.execute(tx)
      return
    }
    await sql`
      with locked as ${lockedInOrder(targetIds, 'firing', 'ambiguous', 'awaiting_award')}
      update target_try set state = ${to}, changed_at = clock_timestamp()
      from locked join catch_target as target on target.id = locked.id
      where target_id = locked.id and registry_account_id = ${lease.accountId} and target_try.arming = target.arming
        and target_try.state = any(${[...from]}::text[])`.execute(tx)
    await followTries(tx, targetIds)
  })
}

/** Sets targets that are tried to the state that their tries give them. The caller holds the locks of the targets. */
export async function followTries(tx: Transaction<Database>, targetIds: readonly string[]): Promise<void> {
  await sql`
    update catch_target set state = tried.state
    from (
      select target_id, ${stateOverTriesSql} as state
      from target_try join catch_target as target on target.id = target_id and target.arming = target_try.arming
      where target_id = any(${[...targetIds]}::uuid[]) and target_try.state <> 'ended' group by target_id) as tried
    where catch_target.id = tried.target_id and catch_target.state <> tried.state
      and catch_target.state in ('firing', 'ambiguous', 'awaiting_award')`.execute(tx)
}

/** SQL: `stateOverTries` of the live tries of a group. */
const stateOverTriesSql: RawBuilder<string> = sql`case when bool_or(target_try.state = 'ambiguous') then 'ambiguous'
  when bool_or(target_try.state = 'awaiting_award') then 'awaiting_award' else 'firing' end`
