import {
  defaultAccounts,
  type ProfileName,
  profileNames,
  type RegistryOptions,
  type RegistrySettings,
  registrySchema,
} from './registry/settings.ts'

/**
 * The published rules of a registry. Without `autoRenew` it renews names at their expiry with a grace of 45 days, as gTLDs and .nz do.
 * The settings of a registry add its id, zones, accounts and port, and can override them.
 */
type Profile = Omit<Partial<RegistryOptions>, 'id' | 'profile' | 'port' | 'zones' | 'accounts'>

/**
 * .co: 100 sessions, 300 s of silence. A create of a name that exists takes 2 s or more. More than one check a second of
 * a name, or a check straight after a create of it, is a violation; so are more than 2 million failed creates and checks
 * a day.
 */
const coLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  idleMs: 300_000,
  limits: { sessionsMax: 100, commandsPerSecondMax: 1000, failedCreatesPerDayMax: 2_000_000 },
  failedChecksCount: true,
  slowExistsMs: 2000,
  checksOfName: { max: 1, windowMs: 1000, slowMs: 0, afterCreateMs: 1000 },
}

/**
 * Dropzone (more than 200 gTLDs): from its purge a name is applied for, not registered: a create is answered 1001. The
 * award goes to the first create and is reported by a poll message at the end of the period. A phase fee of 0, 2 or 4 USD,
 * by TLD, is added (`phaseFeeMinor`).
 */
const dropzoneLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 10, commandsPerSecondMax: 100 },
  dropzone: { periodMs: 3 * 3_600_000 },
}

/**
 * .ee: 4 sessions, 100 commands a minute, and an error blocks its session for 1 s. Name servers are attributes. A name that is not
 * renewed expires.
 */
const eeLike: Profile = {
  release: 'exact',
  hosts: 'attributes',
  extensions: ['rgp', 'fee', 'secDNS'],
  overRate: 'retry',
  limits: { sessionsMax: 4, commandsPerSecondMax: 100, commandsPerMinuteMax: 100 },
  autoRenew: null,
  errorBlockMs: 1000,
}

/**
 * .fr: 2 s of pause after a login, 2 s more for a create of a name that exists, and 2 s more for a name that is checked
 * more than twice in 4 s.
 */
const frLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
  loginPauseMs: 2000,
  slowExistsMs: 2000,
  checksOfName: { max: 2, windowMs: 4000, slowMs: 2000 },
}

/**
 * .nl: a name is released at a random time within the hour that begins with its listed instant. Names are renewed until they are
 * deleted, without a credit.
 */
const nlLike: Profile = {
  release: 'random',
  releaseWithinMs: 3_600_000,
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 6, commandsPerSecondMax: 40 },
  autoRenew: { graceMs: 0 },
}

/**
 * .no: 9 sessions, 120 s of silence, and a session ends after 900 to 1,200 commands. A name that is not renewed can still be renewed
 * for 90 days, and is deleted then.
 */
const noLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  idleMs: 120_000,
  limits: { sessionsMax: 9, commandsPerSecondMax: 100 },
  sessionCommands: { min: 900, max: 1200 },
  autoRenew: null,
}

/**
 * Nomulus: an exact instant for each name. Over the quota the socket is closed without an answer. Premium names need
 * their fee in every command that costs; another currency is 2306.
 */
const nomulusLike: Profile = {
  release: 'exact',
  contacts: 'checked',
  hosts: 'checked',
  extensions: ['rgp', 'fee', 'secDNS'],
  overRate: 'cut',
  overSessions: 'cut',
  limits: { sessionsMax: 10, commandsPerSecondMax: 40 },
  fee: { wrongCurrencyCode: 2306, tiers: { gold: 100_000, silver: 25_000 } },
}

/**
 * .nz, the "to be released" server: open from 02:00 UTC for an hour, one transform a second on a connection. An early
 * one costs 10 s, each further early one 10 s more.
 */
const nzLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  limits: { sessionsMax: 10, commandsPerSecondMax: 100 },
  opening: { atUtc: '02:00', openMs: 3_600_000 },
  transformGap: { gapMs: 1000, penaltyMs: 10_000 },
}

/**
 * Modelled on a real registry: `info` on another registrar's name is refused, a clTRID can never be reused, a create needs a
 * registrant and a DNSSEC update needs `urgent`, and a create without a fee buys a premium name at its price.
 */
const strictLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  infoOfOthers: 'refused',
  clTRIDs: 'unique',
  registrantMissing: 2303,
  dnssecUrgent: 'demanded',
  limits: { sessionsMax: 5, commandsPerSecondMax: 40 },
  fee: {
    currency: 'EUR',
    premiumMinor: 50_000,
    premiumWithoutFee: 'sold',
    higherFee: 'taken',
    wrongCurrencyCode: 2306,
  },
}

/**
 * .uk: an exact second for each name, shown in the answer to a check. 1,000 failed creates and checks in a rolling 24 h,
 * then creates are blocked for 24 h. A name that is not renewed expires.
 */
const ukLike: Profile = {
  release: 'exact',
  extensions: ['rgp', 'fee', 'secDNS'],
  showsDropTime: true,
  limits: { sessionsMax: 6, commandsPerSecondMax: 40, failedCreatesPerDayMax: 1000 },
  failedChecksCount: true,
  createsBlockedMs: 86_400_000,
  autoRenew: null,
}

/**
 * .com and .net: a daily batch in a predictable order (last update, then ROID) that starts and runs a little off its
 * plan, few sessions in the pool for drops, 10 minutes of silence, 24 hours of life, and a sub-product in every command.
 * There are no contacts.
 */
const verisignLike: Profile = {
  release: 'daily',
  contacts: 'none',
  extensions: ['rgp', 'secDNS', 'loginSec', 'namestoreExt'],
  idleMs: 600_000,
  sessionLifeMs: 86_400_000,
  limits: { sessionsMax: 5, commandsPerSecondMax: 40 },
  pace: { paceMs: 45, earlyMsMax: 1000, driftMsMax: 5000, jitterMsMax: 20 },
}

const profiles = {
  'verisign-like': verisignLike,
  'co-like': coLike,
  'nz-like': nzLike,
  'fr-like': frLike,
  'uk-like': ukLike,
  'no-like': noLike,
  'ee-like': eeLike,
  'nl-like': nlLike,
  'dropzone-like': dropzoneLike,
  'nomulus-like': nomulusLike,
  'strict-like': strictLike,
} as const satisfies Record<ProfileName, Profile>

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `under` overridden by `over`, one level deep: a registry may override one value of a profile and keep the others. */
function overlay(under: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key]
    if (value !== undefined) merged[key] = isFields(below) && isFields(value) ? { ...below, ...value } : value
  }
  return merged
}

/** Applies the limits of the registry to every account that has none. Invalid accounts are left for the schema. */
function limitAccounts(fields: Fields): Fields {
  const accounts = fields['accounts'] ?? defaultAccounts
  const limits = isFields(fields['limits']) ? fields['limits'] : {}
  if (!Array.isArray(accounts)) return fields
  const limited = accounts.map((account: unknown) => {
    if (!isFields(account)) return account
    return { ...account, limits: { ...limits, ...(isFields(account['limits']) ? account['limits'] : {}) } }
  })
  return { ...fields, accounts: limited }
}

/** Overrides the profile that `options` name by `options`. The schema checks them later. Applying it twice changes nothing. */
export function applyProfile(options: Fields): Fields {
  const name = profileNames.find((candidate) => candidate === options['profile'])
  return limitAccounts(name === undefined ? options : overlay(profiles[name], options))
}

/** The settings of a registry: defaults, then its profile, then what was given. Throws `ZodError`. */
export function resolveSettings(options: RegistryOptions): RegistrySettings {
  return registrySchema.parse(applyProfile(options))
}
