import type { RegistryProfileId } from '@droplock/rules/registries'
import { NAMESTORE_URI } from '../namespaces.ts'
import type { AccountLimits } from '../pool/limits.ts'
import { DEFAULT_EXTENSIONS, type Demands } from '../session/dialect.ts'

/** How a registry lets names go; what a catcher's plan builds on. */
export type Release =
  /** Every day from a fixed time on, in a more or less predictable order. */
  | 'daily_batch'
  /** A day's names at an instant that is known for each. */
  | 'exact_instant'
  /** Each at a random moment within the window. */
  | 'random_in_window'
  /** A server that is open for a while only. */
  | 'open_window'
  /** Creates are applications, awarded at the end of the period. */
  | 'applications'

/**
 * The client's side of one kind of registry, as data. Every limit is a default: a registry's contract with an account
 * (`RegistryAccess.limits`) goes before it. Whether the drop has hosts of its own is in `registryProfiles` of `rules`.
 */
export type Profile = Demands & {
  readonly id: RegistryProfileId
  readonly limits: AccountLimits
  /** URIs to log in with; all that we speak when absent. */
  readonly extensions?: readonly string[]
  readonly release: Release
  /** `by_poll`: a create is answered 1001, and the message queue tells who got the name. */
  readonly award: 'at_once' | 'by_poll'
  /**
   * `always`: every create carries the standard fee as its cap, whatever is known of its zone, so that a premium name is refused and
   * not charged. `by_zone`: where the zone can have premium names.
   */
  readonly feeCap: 'always' | 'by_zone'
}

/**
 * Many sessions, and slow refusals (2 s and more), so the sessions are the rate. Two commands about one name within a second
 * are an offence, a check straight after a create among them; so are 2 million failed creates and checks a day.
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
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}

/** A system of its own takes applications (1001); the first create of the period gets the name, told by poll hours later. */
const dropzoneLike: Profile = {
  id: 'dropzone-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'applications',
  award: 'by_poll',
  feeCap: 'always',
}

/** Four sessions, 100 commands a minute in all, and a second's block of the session after each error. */
const eeLike: Profile = {
  id: 'ee-like',
  limits: {
    sessionsMax: 4,
    commandsPerSecondMax: 10,
    commandsPerMinuteMax: 100,
    idleMsMax: 600_000,
    errorPauseMs: 1_000,
  },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * Two seconds of rest after a login, and answers that come 2 s late as the price of a create on an existing name or of more
 * than two checks of a name in 4 s. A gap of more than 2 s between commands about a name never makes a third in 4 s.
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
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * A registry of which no more is known than its contract says: few sessions, a slow pace, short silences, and no create without a
 * cap where the zone can have premium names.
 */
const generic: Profile = {
  id: 'generic',
  limits: { sessionsMax: 2, commandsPerSecondMax: 5, idleMsMax: 300_000 },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'by_zone',
}

/** Each name goes at a random moment within an hour, so the whole hour is polled evenly. */
const nlLike: Profile = {
  id: 'nl-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'random_in_window',
  award: 'at_once',
  feeCap: 'by_zone',
}

/** Two minutes of patience, nine sessions, and an end to each somewhere between 900 and 1,200 commands. */
const noLike: Profile = {
  id: 'no-like',
  limits: {
    sessionsMax: 9,
    commandsPerSecondMax: 20,
    idleMsMax: 120_000,
    life: { endsAfterCommands: 900, replaceAfterCommands: 700 },
  },
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * An exact instant for each name. Over quota the socket is closed without an answer, so what was in flight is in doubt: the
 * rate stays well below. A premium create needs its fee, which we never give: the standard one in its place is refused.
 */
const nomulusLike: Profile = {
  id: 'nomulus-like',
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'always',
}

/**
 * A server of its own for one hour a day. One transform a second and connection; each early one costs 10 s more. Questions do not
 * count: the one everyday session asks about all names, and at one command a second it would be far behind.
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
  release: 'open_window',
  award: 'at_once',
  feeCap: 'by_zone',
}

/**
 * Asks for the most and tells the least: `info` is for names of one's own, clTRIDs serve once for ever, a create needs a
 * registrant, an update of DNSSEC `urgent`, and without a fee a premium name is sold at whatever it costs.
 */
export const strictLike: Profile = {
  id: 'strict-like',
  dnssecUrgent: true,
  limits: { sessionsMax: 5, commandsPerSecondMax: 20, idleMsMax: 600_000 },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'always',
}

/** An exact second for each name, and 1,000 failed creates and checks in any 24 hours: then creates are blocked for a day. */
const ukLike: Profile = {
  id: 'uk-like',
  limits: {
    sessionsMax: 6,
    commandsPerSecondMax: 20,
    idleMsMax: 600_000,
    failedCreatesPerDayMax: 1_000,
    checksCountAsFailed: true,
  },
  release: 'exact_instant',
  award: 'at_once',
  feeCap: 'by_zone',
}

const HOUR_MS = 3_600_000

/** A daily batch in predictable order, few sessions, a day's life for each. Two products behind one server. */
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
  release: 'daily_batch',
  award: 'at_once',
  feeCap: 'by_zone',
}

/** How the client treats every kind of registry. */
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
