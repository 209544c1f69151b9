import { listZones, switchZone } from '@droplock/core/zones'
import { formatMoney, parseCurrency } from '@droplock/rules/money'
import type { Admin, Program } from './admin.ts'
import { readWhole, reasonOption } from './arguments.ts'
import { addPolicyVerbs } from './zone-policy.ts'

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
