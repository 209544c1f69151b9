import { listZones, setPrice, switchZone } from '@droplock/core/zones'
import { formatMoney, parseCurrency } from '@droplock/rules/money'
import type { Admin, Program } from './admin.ts'
import { currency, price, readWhole, reasonOption } from './arguments.ts'
import { addPolicyVerbs } from './zone-policy.ts'

const renewal = ['--renewal', "of a year's renewal; of a backorder unless said"] as const

export function addZoneVerbs(program: Program, admin: Admin): void {
  const zone = program
    .command('zone')
    .description('whether zones take orders; what they are is said with their registry')
  zone
    .command('list')
    .description('lists all zones')
    .action(async () => {
      const zones = await readWhole((page) => listZones(admin.ctx(), page))
      admin.print(
        zones.map(({ name, registryId, enabled, feeMaxMinor, feeCurrency }) => ({
          name,
          registry: registryId,
          enabled,
          fee_max: formatMoney({ amountMinor: feeMaxMinor, currency: parseCurrency(feeCurrency) }),
        })),
      )
    })
  addPolicyVerbs(zone, admin)
  for (const [verb, enabled] of [
    ['disable', false],
    ['enable', true],
  ] as const)
    zone
      .command(verb)
      .description(enabled ? 'lets a zone take orders again' : 'stops new orders in a zone, and nothing else')
      .argument('<zone>', 'which')
      .requiredOption(...reasonOption)
      .action(async (name, { reason }) => {
        await switchZone(admin.ctx(), { zone: name, enabled, reason })
        admin.print({ name, enabled })
      })
}

export function addPriceVerbs(program: Program, admin: Admin): void {
  const prices = program
    .command('price')
    .description('what customers pay from now on; what is ordered keeps its price')
  prices
    .command('set')
    .description('sets a price, such as: price set com "29.00 USD"')
    .argument('<zone>', 'which')
    .argument('<amount>', 'with its currency', price)
    .option(...renewal)
    .requiredOption(...reasonOption)
    .action(async (zone, amount, { renewal: isRenewal, reason }) => {
      const of = isRenewal ? 'renewal' : ({ tier: 'standard' } as const)
      await setPrice(admin.ctx(), { zone, of, ...amount, reason })
      admin.print({ zone, price: formatMoney(amount) })
    })
  prices
    .command('remove')
    .description('takes a price away: then nothing is sold in the zone in this currency')
    .argument('<zone>', 'which')
    .argument('<currency>', 'such as USD', currency)
    .option(...renewal)
    .requiredOption(...reasonOption)
    .action(async (zone, code, { renewal: isRenewal, reason }) => {
      const of = isRenewal ? 'renewal' : ({ tier: 'standard' } as const)
      await setPrice(admin.ctx(), { zone, of, currency: code, amountMinor: null, reason })
      admin.print({ zone, removed: code })
    })
}
