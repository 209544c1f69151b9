import { createHash } from 'node:crypto'
import type { Context, StaffActor } from '@droplock/core/context'
import { publishOrQuarantine } from '@droplock/core/lists/publish-or-quarantine'
import { stageList } from '@droplock/core/lists/stage'
import { openDue } from '@droplock/core/schedule/steps'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'

type NameList = {
  readonly registryId: string
  readonly source: string
  readonly zone: string
  readonly names: readonly string[]
  readonly purgeAt: Date
  readonly scope?: 'snapshot' | 'increment'
  readonly uploadedBy?: StaffActor
  /** When its new listings open for orders; at once unless told. */
  readonly opensAt?: Date
}

/** Takes a list in as the worker does, or a person. Returns the run's id and what became of it. */
export async function publishNames(ctx: Context, list: NameList) {
  const { registryId, source, uploadedBy, opensAt = new Date() } = list
  const run = await stageList(ctx, {
    registryId,
    source,
    format: 'ietf-csv',
    contentSha256: () => createHash('sha256').update(JSON.stringify(list)).digest(),
    scope: () => ({ kind: list.scope ?? 'increment', zones: [list.zone] }),
    entries: entriesOf(list),
    ...(uploadedBy === undefined ? {} : { uploadedBy }),
  })
  const settlement = await publishOrQuarantine(ctx, { runId: run.id, opensAt, by: uploadedBy })
  await openDue(ctx.db)
  return { runId: run.id, kind: settlement.kind }
}

async function* entriesOf({ names, zone, purgeAt }: NameList): AsyncGenerator<DropEntry> {
  const dropDate = purgeAt.toISOString().slice(0, 10)
  const isPast = purgeAt < new Date()
  for (const [index, name] of names.entries()) {
    if (isPast) {
      const raw = `${zone},${name},,${purgeAt.toISOString()}`
      yield { kind: 'reject', line: index + 1, raw, reason: 'past_date' }
    } else yield { kind: 'row', line: index + 1, name, zone, purgeAt, dropDate }
  }
  yield { kind: 'reject', line: names.length + 1, raw: `a.b.c.${zone},,`, reason: 'below_registrable' }
  yield { kind: 'reject', line: names.length + 2, raw: 'example.invalid', reason: 'zone_not_served' }
}
