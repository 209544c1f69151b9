import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { carryOut } from './carry-out.ts'
import { SILENT_MS_MAX } from './fail.ts'
import { PublicationLost, PublicationStopped, releasePublication } from './publication.ts'
import { publishOrQuarantine } from './publish-or-quarantine.ts'

/** What became of a run that another process had left. */
type Resumed = { readonly runId: string; readonly kind: string }

/**
 * Completes a publication whose process is gone or has left it, and decides a run that was left ready. Any worker may do it: what was
 * published before stays and is not repeated. Returns undefined where nothing is left.
 */
export async function resumePublication(ctx: Context, stop: AbortSignal): Promise<Resumed | undefined> {
  const publisher = ctx.newId()
  const { rows } = await sql<{ id: string; state: string; opens_at: Date }>`
    with left_behind as (
      select id from sync_run
      where (state = 'publishing' and (released_at is not null
          or alive_at < statement_timestamp() - ${SILENT_MS_MAX} * interval '1 millisecond'))
        or (state = 'ready' and released_at is not null)
      order by id limit 1 for update skip locked
    )
    update sync_run set publisher = ${publisher}, released_at = null, alive_at = clock_timestamp()
    from left_behind where sync_run.id = left_behind.id returning sync_run.id, state, opens_at`.execute(
    ctx.db,
  )
  const run = rows[0]
  if (run === undefined) return undefined
  if (run.state === 'ready') {
    const { kind } = await publishOrQuarantine(ctx, { runId: run.id, opensAt: run.opens_at, signal: stop })
    return { runId: run.id, kind }
  }
  return { runId: run.id, kind: await complete(ctx, run.id, publisher, stop) }
}

async function complete(ctx: Context, runId: string, publisher: string, stop: AbortSignal): Promise<string> {
  const publishing = { runId, publisher, stop }
  try {
    await carryOut(ctx, publishing)
    return 'published'
  } catch (error) {
    if (error instanceof PublicationLost) return 'taken_over'
    await releasePublication(ctx, publishing).catch(() => undefined)
    if (error instanceof PublicationStopped) return 'left'
    throw error
  }
}
