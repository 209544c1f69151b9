import {
  CONNECTION_TEST_QUIET_SECONDS,
  CONNECTION_TEST_SECONDS_MAX,
  CONNECTION_TEST_TAKEN_SECONDS_MAX,
} from '@droplock/rules/connection-tests'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { nameOf, type OperatorContext, requirePermission } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { requireRegistryAccount } from '../registries/read.ts'
import { isDropNear } from '../targets/is-drop-near.ts'

/**
 * Requests a test of the connection of a registry account: its catcher carries it out. One that no catcher took, or finished, in time is
 * ended first. Returns its id. Throws Refusal: forbidden, registry_account_not_found, drop_too_near, connection_test_open.
 */
export async function requestConnectionTest(
  ctx: OperatorContext,
  registryAccountId: string,
): Promise<string> {
  requirePermission(ctx, 'registries:set')
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    await requireRegistryAccount(tx, registryAccountId)
    if (await isDropNear({ db: tx }, registryAccountId, CONNECTION_TEST_QUIET_SECONDS * 1_000))
      throw new Refusal('drop_too_near', 'Names of this registry drop now or within minutes.', {
        id: registryAccountId,
      })
    await sql`
      update connection_test set state = 'unanswered', decided_at = clock_timestamp()
      where registry_account_id = ${registryAccountId} and state in ('requested', 'running')
        and ${isOverdue}`.execute(tx)
    const { rows } = await sql`
      insert into connection_test (id, registry_account_id, state, requested_at, requested_by)
      values (${id}, ${registryAccountId}, 'requested', clock_timestamp(), ${nameOf(ctx.actor)})
      on conflict (registry_account_id) where state in ('requested', 'running') do nothing returning id`.execute(
      tx,
    )
    if (rows.length === 0)
      throw new Refusal('connection_test_open', 'A test of this account is under way.', {
        id: registryAccountId,
      })
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'registry_account.connection_test_requested',
      subjectType: 'registry_account',
      subjectId: registryAccountId,
    })
  })
  return id
}

/** SQL: whether an open test waits for a catcher, or for its end, longer than any takes. */
export const isOverdue = sql<boolean>`coalesce(
  started_at + make_interval(secs => ${sql.lit(CONNECTION_TEST_SECONDS_MAX)}),
  requested_at + make_interval(secs => ${sql.lit(CONNECTION_TEST_TAKEN_SECONDS_MAX)})) <= clock_timestamp()`
