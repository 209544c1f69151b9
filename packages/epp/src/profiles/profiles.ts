import type { RegistryProfileId } from '@droplock/rules/registries'
import { NAMESTORE_URI } from '../extensions/namestore.ts'
import type { AccountLimits } from '../pool/limits.ts'
import { DEFAULT_EXTENSIONS, type Demands } from '../session/dialect.ts'

/**
 * How the client treats one kind of registry, as data. Every limit is a default: the account's contract
 * (`RegistryAccess.limits`) overrides it. Whether the drop has separate hosts is in `registryProfiles` of `rules`.
 */
export type Profile = Demands & {
  readonly id: RegistryProfileId
  readonly limits: AccountLimits
  /** Extensions to log in with; all that the client supports when absent. */
  readonly extensions?: readonly string[]
  /** `by_poll`: a create is answered 1001, and a poll message reports the award. */
  readonly award: 'at_once' | 'by_poll'
  /**
   * `always`: every create carries the standard fee as its cap, in every zone, so that a premium name is refused and not charged.
   * `by_zone`: only in zones that can have premium names.
   */
  readonly feeCap: 'always' | 'by_zone'
  /** Name servers are host objects of their own, which is usual, or attributes of the domain. RFC 5731 §1.1. */
  readonly nameServers?: 'objects' | 'attributes'
}

/**
 * Many sessions, and slow refusals (2 s and more), so that the number of sessions limits the rate. Two commands about one
 * name within a second are a violation, for example a check straight after a create; so are 2 million failed creates and
 * checks a day.
 */
const coLike: Profile = {
  id: 'co-like',
  limits: {
    sessionsMax: 100,
    commandsPerSecondMax: 50,
    idleMsMax: 300_000,
    nameGapMs: 1_000,
    failedCreatesPerDayMax: 2_000_000,
    checksCountAsFailed: true,
  },
  award: 'at_once',
  feeCap: 'by_zone',
}

/** A separate system takes applications (1001). The first create of the period gets the name; a poll message says so hours later. */
const dropzoneLike: Profile = {
  id: 'dropzone-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  award: 'by_poll',
  feeCap: 'always',
}

/**
 * Four sessions, 100 commands a minute for all of them, and each error blocks its session for a second. Name servers are attributes of
 * the domain.
 */
const eeLike: Profile = {
  id: 'ee-like',
  limits: {
    sessionsMax: 4,
    commandsPerSecondMax: 10,
    commandsPerMinuteMax: 100,
    idleMsMax: 600_000,
    errorPauseMs: 1_000,
  },
  award: 'at_once',
  feeCap: 'by_zone',
  nameServers: 'attributes',
}

/**
 * A pause of two seconds after a login. The answer is delayed by 2 s for a create of an existing name and for more than two
 * checks of a name in 4 s. With a gap of more than 2 s between commands about a name there is never a third in 4 s.
 */
const frLike: Profile = {
  id: 'fr-like',
  limits: {
    sessionsMax: 4,
    commandsPerSecondMax: 10,
    idleMsMax: 600_000,
    loginPauseMs: 2_000,
    nameGapMs: 2_100,
  },
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * A registry of which only the contract is known: few sessions, a low rate, short idle times, and no create without a cap in
 * zones that can have premium names.
 */
const generic: Profile = {
  id: 'generic',
  limits: { sessionsMax: 2, commandsPerSecondMax: 5, idleMsMax: 300_000 },
  award: 'at_once',
  feeCap: 'by_zone',
}

/** Each name is released at a random moment within an hour, so the whole hour is polled evenly. */
const nlLike: Profile = {
  id: 'nl-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  award: 'at_once',
  feeCap: 'by_zone',
}

/** Two minutes of idle time, nine sessions, and each ends after 900 to 1,200 commands. */
const noLike: Profile = {
  id: 'no-like',
  limits: {
    sessionsMax: 9,
    commandsPerSecondMax: 20,
    idleMsMax: 120_000,
    life: { endsAfterCommands: 900, replaceAfterCommands: 700 },
  },
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * An exact instant for each name. Over quota the socket is closed without an answer, which makes commands in flight ambiguous,
 * so the rate stays well below it. A premium create needs its fee; we send the standard fee, which is refused.
 */
const nomulusLike: Profile = {
  id: 'nomulus-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  award: 'at_once',
  feeCap: 'always',
}

/**
 * A separate server for one hour a day. One transform command a second on each connection; each early one costs 10 s. Queries
 * do not count: the one everyday session asks about all names, and one command a second would be too slow.
 */
const nzLike: Profile = {
  id: 'nz-like',
  limits: {
    sessionsMax: 10,
    commandsPerSecondMax: 10,
    idleMsMax: 600_000,
    sessionGapMs: 1_000,
    sessionGapAfter: 'transforms',
  },
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * Has the strictest rules: `info` answers only about the account's own names, a clTRID can never be reused, a create needs a
 * registrant, a DNSSEC update needs `urgent`, and without a fee a premium name is sold at its full price.
 */
export const strictLike: Profile = {
  id: 'strict-like',
  dnssecUrgent: true,
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  award: 'at_once',
  feeCap: 'always',
}

/** An exact second for each name. After 1,000 failed creates and checks in 24 hours creates are blocked for a day. */
const ukLike: Profile = {
  id: 'uk-like',
  limits: {
    sessionsMax: 6,
    commandsPerSecondMax: 20,
    idleMsMax: 600_000,
    failedCreatesPerDayMax: 1_000,
    checksCountAsFailed: true,
  },
  award: 'at_once',
  feeCap: 'by_zone',
}

const HOUR_MS = 3_600_000

/** A daily batch in predictable order, few sessions, which live one day. Two products behind one server. */
export const verisignLike: Profile = {
  id: 'verisign-like',
  limits: {
    sessionsMax: 5,
    commandsPerSecondMax: 30,
    idleMsMax: 600_000,
    helloAfterMs: 300_000,
    life: { endsAfterMs: 24 * HOUR_MS, replaceAfterMs: 23 * HOUR_MS },
  },
  extensions: [...DEFAULT_EXTENSIONS, NAMESTORE_URI],
  subProducts: { com: 'dotCOM', net: 'dotNET' },
  award: 'at_once',
  feeCap: 'by_zone',
}

/** The client's profile of every kind of registry. */
export const PROFILES: Readonly<Record<RegistryProfileId, Profile>> = {
  generic,
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
}
