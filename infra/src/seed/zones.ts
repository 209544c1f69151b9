import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Zone } from '@droplock/core/registries/define'

/**
 * The Polish namespace: `pl`, its functional and regional second-level zones, and gov.pl with the zones of offices below it. A name below a
 * zone that is missing would be read as one below a registrable name.
 */
type PolishZone = { readonly name: string; readonly kind: 'country' | 'functional' | 'regional' }

/** When a zone's names drop and its orders close; what is left out is the same for all seeded zones. */
export type ZoneTiming = Pick<
  Zone,
  'cutoffLeadSeconds' | 'dropLastsSeconds' | 'earlySeconds' | 'lateSeconds' | 'graceSeconds'
> &
  Pick<Zone, 'driftEarlierSecondsMax' | 'driftLaterSecondsMax'>

/** What a backorder costs, by how sought-after the zone is: minor units of each currency that is sold. */
const prices = {
  top: { USD: 2_900n, EUR: 2_700n, CNY: 20_900n },
  functional: { USD: 1_900n, EUR: 1_800n, CNY: 13_800n },
  regional: { USD: 1_200n, EUR: 1_100n, CNY: 8_800n },
} as const

/** What a year of renewal costs, everywhere alike. */
const renewalPrices = { USD: 1_500n, EUR: 1_400n, CNY: 10_800n } as const

/** The zones of `polish-zones.csv`, longest list first: `pl`, functional, regional. */
export function polishZones(): readonly PolishZone[] {
  const text = readFileSync(join(import.meta.dirname, 'polish-zones.csv'), 'utf8')
  const [, ...lines] = text.trim().split('\n')
  return lines.map((line) => {
    const [name = '', kind] = line.split(',')
    if (kind !== 'country' && kind !== 'functional' && kind !== 'regional') {
      throw new Error(`polish-zones.csv: '${line}' has no kind`)
    }
    return { name, kind }
  })
}

/** A zone that a simulated registry serves; the simulator's standard fee is 8.00 USD. */
export function seededZone(name: string, timing: ZoneTiming): Zone {
  return {
    name,
    standardFeeMinor: 800n,
    feeCurrency: 'USD',
    dropTimeZone: 'UTC',
    dropStartsAt: '00:00',
    // Windows of seconds have no minutes to follow.
    driftEarlierSecondsMax: 0,
    driftLaterSecondsMax: 0,
    ...timing,
    prices: Object.entries(prices[classOf(name)]).map(([currency, amountMinor]) => ({
      tier: 'standard',
      currency,
      amountMinor,
    })),
    renewalPrices: Object.entries(renewalPrices).map(([currency, perYearMinor]) => ({
      currency,
      perYearMinor,
    })),
  }
}

const kinds: ReadonlyMap<string, PolishZone['kind']> = new Map(
  polishZones().map(({ name, kind }) => [name, kind]),
)

function classOf(zone: string): keyof typeof prices {
  const kind = kinds.get(zone)
  return kind === undefined || kind === 'country' ? 'top' : kind
}
