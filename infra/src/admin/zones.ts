import { InvalidArgumentError } from '@commander-js/extra-typings'
import { changeZonePolicy, getZonePolicy, previewZonePolicy } from '@droplock/core/zone-policy'
import { listZones, setPrice, switchZone } from '@droplock/core/zones'
import { formatMoney, parseCurrency } from '@droplock/rules/money'
import { isRelease, type Release, releases } from '@droplock/rules/schedule/release'
import type { ZonePolicy } from '@droplock/rules/schedule/zone-policy'
import type { Admin, Program } from './admin.ts'
import { currency, price, readWhole, reasonOption, wholeNumber } from './arguments.ts'

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
  zone
    .command('policy')
    .description('shows how names of a zone drop: window, cut-off, grace')
    .argument('<zone>', 'which')
    .action(async (name) => admin.print(policyResult(await getZonePolicy(admin.ctx(), name))))
  zone
    .command('change')
    .description(
      'changes how names of a zone drop, for lists that are read from then on; --dry-run shows what would differ',
    )
    .argument('<zone>', 'which')
    .option('--release <release>', releases.join(', '), release)
    .option('--time-zone <zone>', 'IANA time zone of the local times')
    .option('--starts-at <time>', 'local start of the first batch, such as 14:00')
    .option('--also-at <times...>', 'local starts of further batches of the day')
    .option('--lasts-seconds <seconds>', 'how long a batch lasts', wholeNumber)
    .option('--early-seconds <seconds>', 'how much before its exact time a name may be released', wholeNumber)
    .option('--late-seconds <seconds>', 'how much after it', wholeNumber)
    .option('--cutoff-lead-seconds <seconds>', 'orders close this long before the window', wholeNumber)
    .option('--grace-seconds <seconds>', 'names are tried for this long after their window', wholeNumber)
    .option('--grace-full-seconds <seconds>', 'the first part of it, at the pace of the window', wholeNumber)
    .option('--grace-probe-seconds <seconds>', 'afterwards a name is tried once in this time', wholeNumber)
    .option('--grace-share-percent <percent>', 'of the limits of the account meanwhile', wholeNumber)
    .option('--dry-run', 'change nothing')
    .requiredOption(...reasonOption)
    .action(async (name, { dryRun, reason, timeZone, startsAt, alsoAt, lastsSeconds, ...rest }) => {
      const given = {
        dropTimeZone: timeZone,
        dropStartsAt: startsAt,
        dropAlsoAt: alsoAt,
        dropLastsSeconds: lastsSeconds,
      }
      const policy = withoutUndefined({ ...given, ...rest })
      const { counts } = await previewZonePolicy(admin.ctx(), { zone: name, policy })
      if (dryRun !== true) await changeZonePolicy(admin.ctx(), { zone: name, policy, reason })
      const { moves, reopens, closes } = counts.effects
      admin.print({
        ...policyResult({ ...(await getZonePolicy(admin.ctx(), name)), ...policy }),
        changed: dryRun !== true,
        live_listings: counts.listings,
        live_listings_that_differ: moves + reopens + closes,
      })
    })
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

function withoutUndefined<Given extends object>(
  given: Given,
): { [Key in keyof Given]?: Exclude<Given[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Given]?: Exclude<Given[Key], undefined>
  }
}

function policyResult(policy: ZonePolicy) {
  const { release: how, dropTimeZone, dropStartsAt, dropAlsoAt, dropLastsSeconds, ...seconds } = policy
  return {
    release: how,
    time_zone: dropTimeZone,
    starts_at: dropStartsAt,
    also_at: dropAlsoAt,
    lasts_seconds: dropLastsSeconds,
    early_seconds: seconds.earlySeconds,
    late_seconds: seconds.lateSeconds,
    cutoff_lead_seconds: seconds.cutoffLeadSeconds,
    grace_seconds: seconds.graceSeconds,
    grace_full_seconds: seconds.graceFullSeconds,
    grace_probe_seconds: seconds.graceProbeSeconds,
    grace_share_percent: seconds.graceSharePercent,
  }
}

function release(text: string): Release {
  if (isRelease(text)) return text
  throw new InvalidArgumentError(`It must be one of: ${releases.join(', ')}.`)
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
