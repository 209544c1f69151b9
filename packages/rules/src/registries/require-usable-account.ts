import { Refusal } from '../refusals.ts'
import { type ContractLimits, findWrongLimit } from './contract-limits.ts'
import { isRegistryProfileId, type RegistryProfileId, registryProfiles } from './profiles.ts'

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
