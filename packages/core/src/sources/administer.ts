import { decideSource, type ListSourceTerms } from '@droplock/rules/list-sources'
import { Refusal } from '@droplock/rules/refusals'
import { isTimeZone } from '@droplock/rules/schedule/local-time'
import { sql } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import { changeWithAudit } from '../audit/change.ts'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import { violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockSource } from '../locks.ts'
import { termColumns, toSource } from './internal.ts'

/** Whether the readers know a list format: the adapters are outside of core. */
export type IsFormat = (format: string) => boolean

type AddSource = ListSourceTerms & { readonly registryId: string }

/**
 * Adds a source of drop lists, which workers fetch from now on. Returns its id. Throws Refusal: forbidden, source_invalid,
 * registry_not_found, source_exists, try_again.
 */
export async function addSource(
  ctx: OperatorContext,
  source: AddSource,
  isFormat: IsFormat,
): Promise<string> {
  requirePermission(ctx, 'sources:manage')
  decideSource(source, { isFormat, isTimeZone })
  const id = ctx.newId()
  const row = { registry_id: source.registryId, ...termColumns(source) }
  await orRefused(() =>
    inTransaction(ctx.db, async (tx) => {
      noteWork(tx)
      await tx
        .insertInto('list_source')
        .values({ id, ...row, configured_at: sql<Date>`clock_timestamp()` })
        .execute()
      await recordAudit(tx, {
        by: ctx.actor,
        action: 'list_source.added',
        subjectType: 'list_source',
        subjectId: id,
        after: row,
      })
    }),
  )
  return id
}

type ChangeSource = {
  readonly id: string
  /** The version that is changed. Left out: a change of single terms, which loses nothing of another one. */
  readonly version?: number
  readonly terms: Partial<ListSourceTerms>
  readonly reason: string
}

/**
 * Changes a source from its next fetch on; what is left out stays as it is. Of another address nothing is known yet: it is fetched
 * at once, and without validators. Throws Refusal: forbidden, reason_required, source_not_found, source_changed, source_invalid,
 * source_exists, try_again.
 */
export async function changeSource(
  ctx: OperatorContext,
  { id, version, terms: given, reason }: ChangeSource,
  isFormat: IsFormat,
): Promise<void> {
  const change = { permission: 'sources:manage', subject: ['list_source', id], reason } as const
  await orRefused(() =>
    changeWithAudit(ctx, change, async (tx) => {
      const row = await lockSource(tx, id)
      requireVersion(row.version, version)
      const before = toSource(row)
      const terms = { ...before, ...given }
      decideSource(terms, { isFormat, isTimeZone })
      noteWork(tx)
      await tx
        .updateTable('list_source')
        .set({
          ...termColumns(terms),
          version: row.version + 1,
          configured_at: sql<Date>`clock_timestamp()`,
          // Who is fetching it as it was has lost it, and records nothing more of it.
          claimed_by: null,
          claimed_until: null,
          // It may be read differently now, so a 304 would hide what changed.
          etag: null,
          last_modified: null,
          next_try_at: sql<Date>`clock_timestamp()`,
        })
        .where('id', '=', id)
        .execute()
      return { action: 'list_source.changed', before: termColumns(before), after: termColumns(terms) }
    }),
  )
}

type Named = { readonly id: string; readonly reason: string }

/**
 * Fetches a source no more. A worker that is fetching it stops within seconds, and its alarm closes. Throws Refusal: forbidden,
 * reason_required, source_not_found, source_disabled, try_again.
 */
export async function disableSource(ctx: OperatorContext, { id, reason }: Named): Promise<void> {
  const change = { permission: 'sources:manage', subject: ['list_source', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { enabled } = await lockSource(tx, id)
    requireEnabled(enabled)
    await tx
      .updateTable('list_source')
      .set({ enabled: false, requested: null })
      .where('id', '=', id)
      .execute()
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'list_late', subject: id }])
    return { action: 'list_source.disabled', before: { enabled: true }, after: { enabled: false } }
  })
}

/**
 * Fetches a source again, at once; it is late as if it had been added now. One that is enabled stays as it is. Throws Refusal:
 * forbidden, reason_required, source_not_found, try_again.
 */
export async function enableSource(ctx: OperatorContext, { id, reason }: Named): Promise<void> {
  const change = { permission: 'sources:manage', subject: ['list_source', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { enabled } = await lockSource(tx, id)
    if (enabled) return undefined
    noteWork(tx)
    const now = sql<Date>`clock_timestamp()`
    await tx
      .updateTable('list_source')
      .set({ enabled: true, next_try_at: now, list_at: now, configured_at: now })
      .where('id', '=', id)
      .execute()
    return { action: 'list_source.enabled', before: { enabled: false }, after: { enabled: true } }
  })
}

type RequestFetch = Named & {
  /** The list is read and compared, and nothing changes. */
  readonly isDryRun: boolean
}

/**
 * Has a source fetched now, whenever its next try is due. Throws Refusal: forbidden, reason_required, source_not_found,
 * source_disabled, try_again.
 */
export async function requestFetch(
  ctx: OperatorContext,
  { id, reason, isDryRun }: RequestFetch,
): Promise<void> {
  const change = { permission: 'sources:manage', subject: ['list_source', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { enabled } = await lockSource(tx, id)
    requireEnabled(enabled)
    noteWork(tx)
    const requested = isDryRun ? 'dry_run' : 'list'
    await tx.updateTable('list_source').set({ requested }).where('id', '=', id).execute()
    return { action: 'list_source.fetch_requested', after: { requested } }
  })
}

function requireVersion(version: number, wanted: number | undefined): void {
  if (wanted === undefined || wanted === version) return
  throw new Refusal('source_changed', 'Another change of this source was made meanwhile.', { version })
}

function requireEnabled(enabled: boolean): void {
  if (!enabled) throw new Refusal('source_disabled', 'This source is disabled.')
}

async function orRefused(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (violated(error, 'one_source_per_address'))
      throw new Refusal('source_exists', 'This registry has a source with this address.')
    if (violated(error, 'list_source_registry_id_fkey'))
      throw new Refusal('registry_not_found', 'There is no registry with this id.')
    throw error
  }
}
