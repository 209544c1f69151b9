import { InvalidArgumentError } from '@commander-js/extra-typings'
import { changeZonePolicy, getZonePolicy, previewZonePolicy } from '@droplock/core/zone-policy'
import { isRelease, type Release, releases } from '@droplock/rules/schedule/release'
import type { ZonePolicy } from '@droplock/rules/schedule/zone-policy'
import type { Admin, Program } from './admin.ts'
import { reasonOption, wholeNumber } from './arguments.ts'

/** Verbs of `zone` for how its names drop. */
export function addPolicyVerbs(zone: ReturnType<Program['command']>, admin: Admin): void {
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
    .option(
      '--drift-earlier-seconds-max <seconds>',
      'how much earlier submissions follow drops that are off schedule',
      wholeNumber,
    )
    .option('--drift-later-seconds-max <seconds>', 'how much later', wholeNumber)
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
    drift_earlier_seconds_max: seconds.driftEarlierSecondsMax,
    drift_later_seconds_max: seconds.driftLaterSecondsMax,
  }
}

function release(text: string): Release {
  if (isRelease(text)) return text
  throw new InvalidArgumentError(`It must be one of: ${releases.join(', ')}.`)
}
