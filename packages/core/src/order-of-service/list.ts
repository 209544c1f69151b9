import { createsPerSecond } from '@droplock/rules/drop/capacity'
import { expectService } from '@droplock/rules/drop/order-of-service'
import { servedMax } from '@droplock/rules/drop/service'
import type { UnservedReason } from '@droplock/rules/drop/unserved'
import { type OperatorContext, requirePermission } from '../context.ts'
import type { Listed, Paging } from '../database/page.ts'
import { databaseTime } from '../database/time.ts'
import { AWAITED_NAMES_MAX, readAwaitedNames, type ServedName } from './read-names.ts'
import { type LimitsOf, readServiceRegistry } from './read-registry.ts'

type ListOrderOfService = Paging & {
  readonly registryId: string
  /** From now on and until the end of tomorrow, by the time zone of each zone, unless said otherwise. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Only those that are expected to be served, or not to be. */
  readonly served?: boolean | undefined
}

/** An account of ours, what it can send, and what keeps it from creating now. */
type AccountInService = {
  readonly id: string
  readonly createsPerSecond: number
  /** Names of unknown release that it tries together. */
  readonly namesInTurn: number
  readonly obstacles: readonly UnservedReason[]
}

export type OrderOfService = Listed<ServedName> & {
  readonly at: Date
  /** Of all names of the period, whatever is filtered. */
  readonly names: number
  readonly unserved: number
  readonly accounts: readonly AccountInService[]
}

/**
 * The names with paid orders that drop soon at a registry, in the order of service, with what can be expected of each as things are
 * (rule 23, ADR 36). Throws Refusal: forbidden, registry_not_found.
 */
export async function listOrderOfService(
  ctx: OperatorContext,
  { registryId, from, to, served, offset, limit }: ListOrderOfService,
  limitsOf: LimitsOf,
): Promise<OrderOfService> {
  requirePermission(ctx, 'console:read')
  const registry = await readServiceRegistry(ctx.db, registryId, limitsOf)
  const awaited = await readAwaitedNames(ctx.db, registryId, { kind: 'between', from, to })
  const names = expectService(awaited, registry)
  const matching =
    served === undefined ? names : names.filter(({ reason }) => (reason === undefined) === served)
  return {
    items: matching.slice(offset, offset + limit),
    total: matching.length,
    totalIsExact: awaited.length < AWAITED_NAMES_MAX,
    at: await databaseTime(ctx.db),
    names: names.length,
    unserved: names.filter(({ reason }) => reason !== undefined).length,
    accounts: registry.accounts.map(({ id, limits, obstacles }) => ({
      id,
      createsPerSecond: createsPerSecond(limits),
      namesInTurn: servedMax(limits.commandsPerSecondMax),
      obstacles: obstacles.map(({ reason }) => reason),
    })),
  }
}
