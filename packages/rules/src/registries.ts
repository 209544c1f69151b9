import { add, type Currency, isCurrency, type Money, money, parseAmount } from './money.ts'
import type { ChargedFee, Decimal } from './ports/registry-objects.ts'
import { Refusal } from './refusals.ts'

/**
 * What a registry took in all: its fees less its credits (RFC 8748 §3.4). `usual` is the currency of an answer that names
 * none. `undefined` where it told no fee, or one that is no exact amount of the currency: what was not told is not guessed.
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
 * What the contract of one account says otherwise than its registry's profile; what is left out is as the profile has it. Each is
 * explained at `AccountLimits` of `packages/epp`.
 */
export type ContractLimits = {
  readonly sessionsMax?: number
  readonly commandsPerSecondMax?: number
  readonly commandsPerMinuteMax?: number
  readonly idleSecondsMax?: number
  /** The registry ends a session at this age, or after so many commands. */
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

/** The least of each that means something; gaps and pauses can be none. */
const LEAST = {
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

/** More than a column holds, and than any registry allows. */
const MOST = 2_147_483_647

/** What makes no sense of the limits, in words for an operator; undefined when nothing. */
function findWrongLimit(limits: ContractLimits): string | undefined {
  for (const [key, least] of Object.entries(LEAST)) {
    const value = limits[key as keyof typeof LEAST]
    if (value === undefined) continue
    if (!Number.isInteger(value) || value < least || value > MOST)
      return `${key} is a whole number of at least ${least}, not ${value}`
  }
  return undefined
}

/**
 * The kinds of registries, and of each what an operator has to give: `apart` where creates at the drop go to hosts of their own.
 * How the EPP client treats them (limits, extensions, products) is one file each in `packages/epp/src/profiles`.
 */
export const registryProfiles = {
  generic: { dropHost: 'same' },
  'verisign-like': { dropHost: 'same' },
  'co-like': { dropHost: 'same' },
  'nz-like': { dropHost: 'apart' },
  'fr-like': { dropHost: 'same' },
  'uk-like': { dropHost: 'same' },
  'no-like': { dropHost: 'same' },
  'ee-like': { dropHost: 'same' },
  'nl-like': { dropHost: 'same' },
  'dropzone-like': { dropHost: 'apart' },
  'nomulus-like': { dropHost: 'same' },
  'strict-like': { dropHost: 'same' },
} as const satisfies Record<string, { readonly dropHost: 'same' | 'apart' }>

export type RegistryProfileId = keyof typeof registryProfiles

export function isRegistryProfileId(text: string): text is RegistryProfileId {
  return Object.hasOwn(registryProfiles, text)
}

/** A database would hold real registry accounts beside simulated ones or play money. Nothing was written. */
export class RealAndSimulatedMixed extends Refusal {
  override readonly name = 'RealAndSimulatedMixed'

  constructor(detail: string) {
    super('real_and_simulated_mixed', detail)
  }
}

/** Where a registry answers. */
export type RegistryHost = {
  readonly host: string
  readonly port: number
  /** The name that its certificate carries, where it is not `host`. */
  readonly serverName?: string
}

/** What an operator says of our account at a registry, as far as it has to fit the registry's profile. */
export type AccountTerms = {
  readonly id: string
  readonly hosts: readonly RegistryHost[]
  readonly dropHosts?: readonly RegistryHost[]
  readonly limits?: ContractLimits
}

/** A session and some commands for questions are kept apart from those for creates. */
const LEAST_WHERE_APART = 2

/** Throws Refusal('registry_profile_unknown'). */
export function requireProfileId(text: string): RegistryProfileId {
  if (isRegistryProfileId(text)) return text
  const known = Object.keys(registryProfiles).join(', ')
  throw new Refusal('registry_profile_unknown', `There is no profile ${text}. Known are: ${known}.`)
}

/** Throws Refusal('registry_account_invalid') where the account could not be driven by its registry's profile. */
export function requireUsableAccount(profile: RegistryProfileId, account: AccountTerms): void {
  const wrong = findWrong(profile, account)
  if (wrong === undefined) return
  throw new Refusal('registry_account_invalid', `Registry account ${account.id}: ${wrong}.`)
}

function findWrong(profile: RegistryProfileId, account: AccountTerms): string | undefined {
  const { hosts, dropHosts = [], limits = {} } = account
  const isApart = registryProfiles[profile].dropHost === 'apart'
  if (hosts.length === 0) return 'it needs a host'
  if (isApart && dropHosts.length === 0) return `${profile} needs hosts of its own for the drop`
  if (!isApart && dropHosts.length > 0) return `${profile} has no hosts of its own for the drop`
  const misplaced = [...hosts, ...dropHosts].find((host) => !isHost(host))
  if (misplaced !== undefined) return `${misplaced.host}:${misplaced.port} is no host and port`
  return findWrongLimit(limits) ?? (isApart ? findTooLittle(profile, limits) : undefined)
}

function findTooLittle(profile: RegistryProfileId, limits: ContractLimits): string | undefined {
  const { sessionsMax = LEAST_WHERE_APART, commandsPerSecondMax = LEAST_WHERE_APART } = limits
  if (sessionsMax >= LEAST_WHERE_APART && commandsPerSecondMax >= LEAST_WHERE_APART) return undefined
  return `${profile} needs ${LEAST_WHERE_APART} sessions and commands a second, for its two kinds of hosts`
}

function isNamed(name: string): boolean {
  return /^[A-Za-z0-9.:-]{1,253}$/.test(name)
}

function isHost({ host, port, serverName }: RegistryHost): boolean {
  return isNamed(host) && Number.isInteger(port) && port >= 1 && port <= 65_535 && isNamed(serverName ?? host)
}

/** A registry would have two accounts of ours, which would catch the same names. Nothing was written, or is caught. */
export class SecondAccount extends Refusal {
  override readonly name = 'SecondAccount'

  constructor(registryId: string) {
    super(
      'second_registry_account',
      `two accounts at registry ${registryId}: only one account per registry is supported`,
    )
  }
}
