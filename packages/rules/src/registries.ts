import { add, type Currency, isCurrency, type Money, money, parseAmount } from './money.ts'
import type { ChargedFee, Decimal } from './ports/registry-objects.ts'
import { Refusal } from './refusals.ts'
import type { Release } from './schedule/release.ts'

/**
 * What a registry charged in total: its fees less its credits (RFC 8748 §3.4). `usual` is the currency of an answer that names none.
 * `undefined` where it stated no fee, or no exact amount of the currency: nothing is guessed.
 */
export function chargedMoney(charged: ChargedFee | undefined, usual: Currency): Money | undefined {
  const currency = charged?.currency ?? usual
  if (charged === undefined || !isCurrency(currency)) return undefined
  const parts = [...charged.fees, ...(charged.credits ?? [])].map((text) => parsePart(text, currency))
  if (charged.fees.length === 0 || !parts.every((part) => part !== undefined)) return undefined
  return parts.reduce(add, money(0n, currency))
}

/** Registries write more decimals than a currency has: `10.0000`. */
function parsePart(text: Decimal, currency: Currency): Money | undefined {
  return parseAmount(text.replace(/(\.\d*?)0+$/u, '$1').replace(/\.$/u, ''), currency)
}

/**
 * Limits of an account's contract that differ from its registry's profile; what is left out is as in the profile. Each is explained
 * at `AccountLimits` of `packages/epp`.
 */
export type ContractLimits = {
  readonly sessionsMax?: number
  readonly commandsPerSecondMax?: number
  readonly commandsPerMinuteMax?: number
  readonly idleSecondsMax?: number
  /** The registry ends a session at this age, or after this number of commands. */
  readonly sessionLifeSecondsMax?: number
  readonly sessionCommandsMax?: number
  readonly sessionGapMs?: number
  readonly nameGapMs?: number
  readonly loginPauseMs?: number
  readonly errorPauseMs?: number
  readonly failedCreatesPerDayMax?: number
  readonly checksCountAsFailed?: boolean
  readonly transitMsMax?: number
  /** Commands in flight on one session. */
  readonly commandsInFlightMax?: number
}

/** The least possible value of each; gaps and pauses may be 0. */
const LIMIT_MIN = {
  sessionsMax: 1,
  commandsPerSecondMax: 1,
  commandsPerMinuteMax: 1,
  idleSecondsMax: 1,
  sessionLifeSecondsMax: 1,
  sessionCommandsMax: 3,
  sessionGapMs: 0,
  nameGapMs: 0,
  loginPauseMs: 0,
  errorPauseMs: 0,
  failedCreatesPerDayMax: 1,
  transitMsMax: 1,
  commandsInFlightMax: 1,
} as const satisfies Record<Exclude<keyof ContractLimits, 'checksCountAsFailed'>, number>

/** The most that a column can hold; no registry allows so much. */
const LIMIT_MAX = 2_147_483_647

/** What is wrong with the limits, as a text for an operator; undefined where nothing is. */
function findWrongLimit(limits: ContractLimits): string | undefined {
  for (const [key, least] of Object.entries(LIMIT_MIN)) {
    const value = limits[key as keyof typeof LIMIT_MIN]
    if (value === undefined) continue
    if (!Number.isInteger(value) || value < least || value > LIMIT_MAX)
      return `${key} is a whole number of at least ${least}, not ${value}`
  }
  return undefined
}

/**
 * The kinds of registries, and what an operator must configure for each: `apart` where creates at the drop go to separate hosts.
 * `release` is that of a new zone, unless the operator says otherwise.
 * The limits, extensions and products of each are in one file of `packages/epp/src/profiles`.
 */
export const registryProfiles = {
  generic: { dropHost: 'same', release: 'exact_instant' },
  'verisign-like': { dropHost: 'same', release: 'daily_batch' },
  'co-like': { dropHost: 'same', release: 'daily_batch' },
  'nz-like': { dropHost: 'apart', release: 'open_window' },
  'fr-like': { dropHost: 'same', release: 'daily_batch' },
  'uk-like': { dropHost: 'same', release: 'exact_instant' },
  'no-like': { dropHost: 'same', release: 'daily_batch' },
  'ee-like': { dropHost: 'same', release: 'daily_batch' },
  'nl-like': { dropHost: 'same', release: 'random_in_window' },
  'dropzone-like': { dropHost: 'apart', release: 'applications' },
  'nomulus-like': { dropHost: 'same', release: 'exact_instant' },
  'strict-like': { dropHost: 'same', release: 'exact_instant' },
} as const satisfies Record<string, { readonly dropHost: 'same' | 'apart'; readonly release: Release }>

export type RegistryProfileId = keyof typeof registryProfiles

export function isRegistryProfileId(text: string): text is RegistryProfileId {
  return Object.hasOwn(registryProfiles, text)
}

/** A database would have real registry accounts together with simulated ones or sandbox payments. Nothing was written. */
export class RealAndSimulatedMixed extends Refusal {
  override readonly name = 'RealAndSimulatedMixed'

  constructor(detail: string) {
    super('real_and_simulated_mixed', detail)
  }
}

/** A host of a registry. */
export type RegistryHost = {
  readonly host: string
  readonly port: number
  /** The name in its certificate, if it differs from `host`. */
  readonly serverName?: string
}

/** The settings of our account at a registry that must fit the registry's profile. */
export type AccountTerms = {
  readonly id: string
  readonly hosts: readonly RegistryHost[]
  readonly dropHosts?: readonly RegistryHost[]
  readonly limits?: ContractLimits
}

/** With separate hosts for the drop, one session and one command a second are needed for each kind of host. */
const APART_MIN = 2

/** Throws Refusal('registry_profile_unknown'). */
export function requireProfileId(text: string): RegistryProfileId {
  if (isRegistryProfileId(text)) return text
  const known = Object.keys(registryProfiles).join(', ')
  throw new Refusal('registry_profile_unknown', `There is no profile ${text}. The profiles are: ${known}.`)
}

/** Throws Refusal('registry_account_invalid') where the registry's profile cannot be used with the account. */
export function requireUsableAccount(profile: RegistryProfileId, account: AccountTerms): void {
  const wrong = findWrong(profile, account)
  if (wrong === undefined) return
  throw new Refusal('registry_account_invalid', `Registry account ${account.id}: ${wrong}.`)
}

function findWrong(profile: RegistryProfileId, account: AccountTerms): string | undefined {
  const { hosts, dropHosts = [], limits = {} } = account
  const isApart = registryProfiles[profile].dropHost === 'apart'
  if (hosts.length === 0) return 'it has no host'
  if (isApart && dropHosts.length === 0) return `${profile} needs hosts of its own for the drop`
  if (!isApart && dropHosts.length > 0) return `${profile} has no hosts of its own for the drop`
  const misplaced = [...hosts, ...dropHosts].find((host) => !isHost(host))
  if (misplaced !== undefined) return `${misplaced.host}:${misplaced.port} is no host and port`
  return findWrongLimit(limits) ?? (isApart ? findTooLittle(profile, limits) : undefined)
}

function findTooLittle(profile: RegistryProfileId, limits: ContractLimits): string | undefined {
  const { sessionsMax = APART_MIN, commandsPerSecondMax = APART_MIN } = limits
  if (sessionsMax >= APART_MIN && commandsPerSecondMax >= APART_MIN) return undefined
  return `${profile} needs ${APART_MIN} sessions and commands a second, for its two kinds of hosts`
}

function isNamed(name: string): boolean {
  return /^[A-Za-z0-9.:-]{1,253}$/.test(name)
}

function isHost({ host, port, serverName }: RegistryHost): boolean {
  return isNamed(host) && Number.isInteger(port) && port >= 1 && port <= 65_535 && isNamed(serverName ?? host)
}
