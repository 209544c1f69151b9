import { type OperatorContext, requirePermission } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'

export type ZoneView = {
  readonly name: string
  readonly registryId: string
  /** Whether it takes new orders. */
  readonly enabled: boolean
  /** What a create at the drop costs us at most: the standard fee and that of the phase. Minor units. */
  readonly feeMaxMinor: bigint
  readonly feeCurrency: string
}

/** Zones by name. Throws Refusal('forbidden'). */
export async function listZones(ctx: OperatorContext, query: Paging): Promise<Listed<ZoneView>> {
  requirePermission(ctx, 'console:read')
  const zones = ctx.db
    .selectFrom('zone')
    .select(['name', 'registry_id', 'enabled', 'standard_fee_minor', 'phase_fee_minor', 'fee_currency'])
  return readListed(zones.orderBy('name'), query, (zone) => ({
    name: zone.name,
    registryId: zone.registry_id,
    enabled: zone.enabled,
    feeMaxMinor: zone.standard_fee_minor + zone.phase_fee_minor,
    feeCurrency: zone.fee_currency,
  }))
}
