import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { RaiseAlarm } from './raise.ts'

export const workerStopped = { kind: 'worker_stopped', subject: 'worker' } as const

/**
 * The alarm `worker_stopped`, when no worker has done its sweeps for so long. Where none has ever worked there is nothing to miss.
 * It ends by `recordHeartbeat`.
 */
export async function findStoppedWorker(ctx: Context, silentMsMax: number): Promise<readonly RaiseAlarm[]> {
  const { rows } = await sql<{ at: Date }>`
    select at from worker_heartbeat where at < statement_timestamp() - ${silentMsMax} * interval '1 millisecond'`.execute(
    ctx.db,
  )
  return rows.map(({ at }) => ({ ...workerStopped, facts: { lastSeenAt: at.toISOString() } }))
}
