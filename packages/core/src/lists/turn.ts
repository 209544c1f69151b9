import { setTimeout as sleep } from 'node:timers/promises'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { sql, type Transaction } from 'kysely'
import type { Context, StaffActor } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedRun } from '../locks.ts'

/** How often a process looks whether its registry's publication under way has ended. Milliseconds. */
const LOOK_EVERY_MS = 100

/**
 * Waits until no list of the registry is being published. It holds no lock and no connection while it waits, and is no claim on the
 * turn: `beginPublication` decides. Throws the signal's reason.
 */
export async function waitForTurn(
  { db }: Context,
  registryId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted()
    const other = await db
      .selectFrom('sync_run')
      .select('id')
      .where('registry_id', '=', registryId)
      .where('state', '=', 'publishing')
      .executeTakeFirst()
    if (other === undefined) return
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Who decided to publish a quarantined run, and why. */
export type Decision = { readonly by: StaffActor; readonly reason: string }

type Beginning = {
  /** Of this process. */
  readonly publisher: string
  readonly opensAt: Date
  readonly decision?: Decision
}

/**
 * Begins the publication of a locked run: from here on it is completed, if not by this process, then by another. Of two lists of a
 * registry that begin at once, the second violates `one_publishing_per_registry`.
 */
export async function beginPublication(
  tx: Transaction<Database>,
  run: LockedRun,
  { publisher, opensAt, decision }: Beginning,
): Promise<void> {
  noteWork(tx)
  const decided =
    decision === undefined
      ? {}
      : {
          decided_by: decision.by.staffId,
          decision_reason: decision.reason,
          decided_at: sql<Date>`clock_timestamp()`,
          // Held back for a while: compared again.
          compared_at: null,
        }
  await tx
    .updateTable('sync_run')
    .set({
      ...decided,
      state: next(syncRunMachine, run.state, 'publish'),
      publisher,
      released_at: null,
      opens_at: opensAt,
      alive_at: sql`clock_timestamp()`,
      listings_added: 0,
      listings_moved: 0,
      listings_overridden: 0,
      listings_suspected: 0,
      listings_too_late: 0,
      listings_blocked: 0,
    })
    .where('id', '=', run.id)
    .execute()
}

/** Whether a list of the registry is being published. The caller holds the registry's lock. */
export async function isPublishing(tx: Transaction<Database>, registryId: string): Promise<boolean> {
  const other = await tx
    .selectFrom('sync_run')
    .select('id')
    .where('registry_id', '=', registryId)
    .where('state', '=', 'publishing')
    .executeTakeFirst()
  return other !== undefined
}
