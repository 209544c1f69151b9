import { expectService } from '@droplock/rules/drop/order-of-service'
import type { UnservedReason } from '@droplock/rules/drop/unserved'
import { type OperatorContext, requirePermission } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { AWAITED_NAMES_MAX, readAwaitedNames, type ServedName } from './read-names.ts'
import { type LimitsOf, readServiceRegistry } from './read-registry.ts'

/** The paid names of one zone whose windows begin in the same minute. */
type WindowOutlook = {
  readonly registryId: string
  readonly zone: string
  /** The beginning of that minute. */
  readonly minute: Date
  readonly names: number
  readonly unserved: number
  /** Why these are not expected to be served, the commonest reason first. */
  readonly reasons: readonly { readonly reason: UnservedReason; readonly names: number }[]
}

export type ServiceOutlook = {
  readonly at: Date
  readonly windows: readonly WindowOutlook[]
  /** False where a registry has so many names that not all were read. */
  readonly isWhole: boolean
}

/**
 * How many of the paid names that drop until the end of tomorrow can be expected to be served, by window, as things are (rule 23, ADR 36).
 * Throws Refusal('forbidden').
 */
export async function readServiceOutlook(ctx: OperatorContext, limitsOf: LimitsOf): Promise<ServiceOutlook> {
  requirePermission(ctx, 'console:read')
  const at = await databaseTime(ctx.db)
  const windows: WindowOutlook[] = []
  let isWhole = true
  // One at a time: `db` may be a transaction, which has one connection.
  for (const { id } of await ctx.db.selectFrom('registry').select('id').orderBy('id').execute()) {
    const awaited = await readAwaitedNames(ctx.db, id, { kind: 'between' })
    if (awaited.length === 0) continue
    isWhole &&= awaited.length < AWAITED_NAMES_MAX
    windows.push(...byWindow(id, expectService(awaited, await readServiceRegistry(ctx.db, id, limitsOf))))
  }
  return {
    at,
    windows: windows.toSorted((one, other) => one.minute.getTime() - other.minute.getTime()),
    isWhole,
  }
}

const MINUTE_MS = 60_000

const minuteOf = ({ dropFrom }: ServedName) => Math.floor(dropFrom.getTime() / MINUTE_MS) * MINUTE_MS

function byWindow(registryId: string, names: readonly ServedName[]): readonly WindowOutlook[] {
  const groups = Map.groupBy(names, (name) => `${name.zone} ${minuteOf(name)}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const reasons = Map.groupBy(
      group.flatMap(({ reason }) => (reason === undefined ? [] : [reason])),
      (reason) => reason,
    )
    const counted = [...reasons].map(([reason, all]) => ({ reason, names: all.length }))
    return {
      registryId,
      zone: first.zone,
      minute: new Date(minuteOf(first)),
      names: group.length,
      unserved: counted.reduce((sum, each) => sum + each.names, 0),
      reasons: counted.toSorted((one, other) => other.names - one.names),
    }
  })
}
