import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { clearAlarms } from './clear.ts'
import { workerStopped } from './find-stopped-worker.ts'

/** Says that a worker does all of its sweeps now. Ends the alarm that none does. */
export async function recordHeartbeat(ctx: Context): Promise<void> {
  await sql`
    insert into worker_heartbeat (at) values (clock_timestamp())
    on conflict (id) do update set at = greatest(worker_heartbeat.at, excluded.at)`.execute(ctx.db)
  await clearAlarms(ctx, [workerStopped])
}
