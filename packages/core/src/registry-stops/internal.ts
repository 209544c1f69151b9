import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { raiseAlarms } from '../alarms/raise.ts'
import { nameOf, type OperatorContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { lockRegistry } from '../locks.ts'

/** Locks the registry and reads what decides whether it may be stopped. Throws Refusal('registry_not_found'). */
export async function lockStopFacts(tx: Transaction<Database>, registryId: string) {
  await lockRegistry(tx, registryId)
  const { rows } = await sql<{ isStopped: boolean; paidInWindow: number }>`
    select exists (select from registry_stop where registry_id = registry.id and ended_at is null) as "isStopped",
      (select count(*)::int from catch_target where registry_id = registry.id
        and state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
        and drop_from <= clock_timestamp() and drop_to >= clock_timestamp()) as "paidInWindow"
    from registry where id = ${registryId}`.execute(tx)
  const [facts] = rows
  if (facts === undefined) throw new Refusal('registry_not_found', 'No such registry.', { id: registryId })
  return facts
}

type NewStop = { readonly registryId: string; readonly reason: string; readonly proposalId: string | null }

/** Writes the stop and its alarm. `ctx.db` is the transaction, which holds the registry's lock. */
export async function writeStop(ctx: OperatorContext, stop: NewStop): Promise<void> {
  const { registryId, reason, proposalId } = stop
  const by = nameOf(ctx.actor)
  await sql`
    insert into registry_stop (id, registry_id, reason, stopped_at, stopped_by, proposal_id)
    values (${ctx.newId()}, ${registryId}, ${reason}, clock_timestamp(), ${by}, ${proposalId})`.execute(
    ctx.db,
  )
  await raiseAlarms(ctx, [
    { kind: 'registry_stopped', subject: registryId, facts: { reason, stoppedBy: by } },
  ])
}
