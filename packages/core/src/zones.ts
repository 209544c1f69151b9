import { amountMinorMax } from '@droplock/rules/money'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { changeWithAudit } from './audit/change.ts'
import { type OperatorContext, requirePermission } from './context.ts'
import { escapeLike, type Listed, type Paging, readListed } from './database/page.ts'
import type { Database } from './database/tables.gen.ts'
import { lockNamedZone, lockTerms } from './locks.ts'
import { addPriceList } from './prices/internal.ts'
import { putTierPrices, readTierPrices } from './prices/put-tier-prices.ts'
import { putRenewalPrice } from './registries/put-zone.ts'

type ZoneView = {
  readonly name: string
  readonly registryId: string
  /** Whether it takes new orders. */
  readonly enabled: boolean
  /** The most that a create at the drop costs us: standard fee and phase fee. Minor units. */
  readonly feeMaxMinor: bigint
  readonly feeCurrency: string
  readonly currency: string
  /** Whether the registry sells some names at other fees (rule 3). */
  readonly mayHavePremium: boolean
}

type ListZones = Paging & {
  /** Part of the name. */
  readonly q?: string | undefined
  readonly registryId?: string | undefined
}

/** Zones by name. Throws Refusal('forbidden'). */
export async function listZones(ctx: OperatorContext, query: ListZones): Promise<Listed<ZoneView>> {
  requirePermission(ctx, 'console:read')
  let zones = ctx.db
    .selectFrom('zone')
    .select(['name', 'registry_id', 'enabled', 'standard_fee_minor', 'phase_fee_minor', 'fee_currency'])
    .select('may_have_premium')
  if (query.q !== undefined) zones = zones.where('name', 'ilike', `%${escapeLike(query.q)}%`)
  if (query.registryId !== undefined) zones = zones.where('registry_id', '=', query.registryId)
  return readListed(ctx.db, zones.orderBy('name'), query, (zone) => ({
    name: zone.name,
    registryId: zone.registry_id,
    enabled: zone.enabled,
    feeMaxMinor: zone.standard_fee_minor + zone.phase_fee_minor,
    feeCurrency: zone.fee_currency,
    currency: zone.fee_currency,
    mayHavePremium: zone.may_have_premium,
  }))
}

type SetPrice = {
  readonly zone: string
  /** The price of a backorder of a name in this tier, or of a year's renewal. */
  readonly of: { readonly tier: string } | 'renewal'
  readonly currency: string
  /** Minor units, more than 0. Null removes the price: then nothing is sold in this currency. */
  readonly amountMinor: bigint | null
  readonly reason: string
}

/**
 * Sets what customers pay from now on; existing orders keep their price (rule 2). Throws Refusal: forbidden, reason_required,
 * amount_out_of_range, zone_not_found, price_not_found, try_again.
 */
export async function setPrice(ctx: OperatorContext, command: SetPrice): Promise<void> {
  const { zone, of, currency, amountMinor, reason } = command
  const change = { permission: 'prices:set', subject: ['zone', zone], reason } as const
  await changeWithAudit(ctx, change, async (tx, why) => {
    if (amountMinor !== null && (amountMinor <= 0n || amountMinor > amountMinorMax))
      throw new Refusal('amount_out_of_range', 'A price is more than 0.', { min_minor: 1 })
    await lockTerms(tx)
    await lockNamedZone(tx, zone)
    const before = await readPrice(tx, command)
    if (amountMinor === null && before === undefined)
      throw new Refusal('price_not_found', 'There is no such price to remove.', { zone, currency })
    await writePrice(tx, ctx, { ...command, reason: why })
    const what = of === 'renewal' ? { of } : { of: 'backorder', tier: of.tier }
    return {
      action: 'price.set',
      before: { ...what, currency, amount_minor: before ?? null },
      after: { ...what, currency, amount_minor: amountMinor },
    }
  })
}

async function readPrice(tx: Transaction<Database>, price: SetPrice): Promise<bigint | undefined> {
  const { zone, of, currency } = price
  if (of === 'renewal') {
    const known = await tx
      .selectFrom('renewal_price')
      .select('per_year_minor')
      .where('zone', '=', zone)
      .where('currency', '=', currency)
      .executeTakeFirst()
    return known?.per_year_minor
  }
  const known = await readTierPrices(tx, [zone])
  return known.find((each) => each.tier === of.tier && each.currency === currency)?.amountMinor
}

async function writePrice(
  tx: Transaction<Database>,
  ctx: OperatorContext,
  { zone, of, currency, amountMinor, reason }: SetPrice,
): Promise<void> {
  if (of === 'renewal') {
    if (amountMinor !== null) return putRenewalPrice(tx, zone, currency, amountMinor)
    await tx.deleteFrom('renewal_price').where('zone', '=', zone).where('currency', '=', currency).execute()
    return
  }
  const listId = await addPriceList(tx, ctx, { title: `${zone} ${of.tier} ${currency}`, reason })
  await putTierPrices(tx, zone, [{ tier: of.tier, currency, amountMinor }], listId)
}

type SwitchZone = { readonly zone: string; readonly enabled: boolean; readonly reason: string }

/**
 * Stops or allows new orders in a zone; existing orders stay valid (rule 6). Repeating it changes nothing.
 * Throws Refusal: forbidden, reason_required, zone_not_found, try_again.
 */
export async function switchZone(ctx: OperatorContext, command: SwitchZone): Promise<void> {
  const { zone: name, enabled, reason } = command
  const change = { permission: 'registries:set', subject: ['zone', name], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const before = await lockNamedZone(tx, name)
    if (before.enabled === enabled) return undefined
    await tx.updateTable('zone').set({ enabled }).where('name', '=', name).execute()
    return {
      action: enabled ? 'zone.enabled' : 'zone.disabled',
      before: { enabled: before.enabled },
      after: { enabled },
    }
  })
}
