import type { RegistrySettings } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import type { EditedFields } from '../parts/Stale.tsx'

export type Account = RegistrySettings['accounts'][number]
export type ZoneTerms = RegistrySettings['zones'][number]
export type LimitName = keyof Account['limits']

/** Every limit of a contract with a registry, with its unit. */
export const limitLabels: Readonly<Record<LimitName, string>> = {
  sessions_max: 'Sessions',
  commands_per_second_max: 'Commands per second',
  commands_per_minute_max: 'Commands per minute',
  commands_in_flight_max: 'Commands in flight per session',
  idle_seconds_max: 'Idle time of a session (s)',
  session_life_seconds_max: 'Life of a session (s)',
  session_commands_max: 'Commands per session',
  session_gap_ms: 'Gap on a session (ms)',
  name_gap_ms: 'Gap per name (ms)',
  login_pause_ms: 'Pause after a login (ms)',
  error_pause_ms: 'Pause after an error (ms)',
  failed_creates_per_day_max: 'Failed creates per day',
  checks_count_as_failed: 'Checks count as failed creates',
  transit_ms_max: 'Transit time, at most (ms)',
}

export const limitNames = Object.keys(limitLabels) as readonly LimitName[]

export function limitText(value: Account['limits'][LimitName]): string {
  if (value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return value.toLocaleString('en')
}

type Fields = EditedFields<RegistrySettings>

/** What people edit of an account, as text. */
export function accountFields(id: string): Fields {
  const of = ({ accounts }: RegistrySettings) => accounts.find((account) => account.id === id)
  return [
    ...limitNames.map((name): Fields[number] => [
      limitLabels[name],
      (registry) => {
        const { limits, profile_limits } = of(registry) ?? {}
        const own = limits?.[name]
        return own === undefined ? `${limitText(profile_limits?.[name])} (profile)` : limitText(own)
      },
    ]),
    ['Our address', (registry) => of(registry)?.source_address ?? 'Chosen by the system'],
    ['Client certificate', (registry) => of(registry)?.client_certificate ?? 'None'],
  ]
}

/** What people edit of a zone, as text. */
export function zoneFields(name: string): Fields {
  const text = (show: (zone: ZoneTerms) => string) => (registry: RegistrySettings) => {
    const zone = registry.zones.find((each) => each.name === name)
    return zone === undefined ? '–' : show(zone)
  }
  return [
    ['Standard fee', text(({ standard_fee }) => moneyText(standard_fee))],
    ['Phase fee', text(({ phase_fee }) => moneyText(phase_fee))],
    ['Renewal fee', text(({ renew_fee }) => moneyText(renew_fee))],
    ['Premium names', text(({ may_have_premium }) => (may_have_premium ? 'Possible' : 'None'))],
    ['Contacts', text(({ contact_roles }) => contact_roles.join(', ') || 'None')],
    ['RDAP address', text(({ rdap_url }) => rdap_url ?? 'None')],
    ['Renewal after expiry (days)', text(({ late_renewal_days }) => String(late_renewal_days))],
    ['Auto-renew grace (days)', text(({ auto_renew_grace_days }) => String(auto_renew_grace_days))],
  ]
}

/** How lists are checked and suspects confirmed, as text. */
export const checkFields: Fields = [
  ['Held back above suspected names', ({ quarantine }) => `${quarantine.suspected_percent_max} %`],
  ['Held back above moved names', ({ quarantine }) => `${quarantine.moved_percent_max} %`],
  ['Held back below rows of the list before', ({ quarantine }) => `${quarantine.rows_percent_min} %`],
  ['Held back above rejected rows', ({ quarantine }) => `${quarantine.rejects_percent_max} %`],
  ['Suspects are confirmed by', ({ confirmation }) => confirmation.by.join(', then ') || 'People alone'],
  ['RDAP requests per minute', ({ confirmation }) => String(confirmation.rdap_per_minute_max)],
]
