import {
  type ContractLimits,
  type RegistryHost,
  type RegistryProfileId,
  registryProfiles,
} from '@droplock/rules/registries'
import type { Credentials } from '../commands/session.ts'
import { type AccountLimits, type Inherited, type SessionLife, TRANSIT_MS_MAX } from '../pool/limits.ts'
import type { Demands } from '../session/dialect.ts'
import type { SessionTimes } from '../session/session.ts'
import type { Endpoint } from '../session/wire.ts'
import { PROFILES } from './profiles.ts'

export type RegistrarTimes = SessionTimes & {
  /** How long `connectRegistrar` tries to get a first session. */
  readonly firstSessionMsMax: number
  /** How long `create`, `info` and `check` of the port wait for a slot. */
  readonly slotMsMax: number
}

/** One account at one registry, and the hosts of one phase. Hosts that only the drop uses have a separate pool. */
export type RegistrarConfig = Demands & {
  readonly endpoint: Endpoint
  /** The registry's other hosts for the same purpose, tried in turn when one gives no connection. */
  readonly alternates?: readonly Endpoint[]
  readonly credentials: Credentials
  readonly limits: AccountLimits
  readonly times?: Partial<RegistrarTimes>
  readonly lang?: string
  /** Extensions to log in with if the registry offers them; all that the client supports when absent. */
  readonly extensions?: readonly string[]
  readonly inherited?: Inherited
}

/** The limits of an account: those of its contract, and of its profile where the contract has none. */
export function limitsFor(usual: AccountLimits, contract: ContractLimits): AccountLimits {
  const { idleSecondsMax, sessionLifeSecondsMax, sessionCommandsMax, commandsInFlightMax, ...same } = contract
  const life = lifeFor(usual.life, sessionLifeSecondsMax, sessionCommandsMax)
  return {
    ...usual,
    ...same,
    ...(idleSecondsMax !== undefined && silenceFor(usual, idleSecondsMax * 1_000)),
    ...(life && { life }),
    ...(commandsInFlightMax !== undefined && { windowMax: commandsInFlightMax }),
  }
}

/** What a profile sets of the limits that a contract can set. */
export function profileLimitsOf(profile: RegistryProfileId): ContractLimits {
  const { life, idleMsMax, windowMax, ...limits }: AccountLimits = PROFILES[profile].limits
  const { sessionsMax, commandsPerSecondMax, commandsPerMinuteMax, sessionGapMs, nameGapMs } = limits
  const { loginPauseMs, errorPauseMs, failedCreatesPerDayMax, checksCountAsFailed, transitMsMax } = limits
  const all = {
    sessionsMax,
    commandsPerSecondMax,
    commandsPerMinuteMax,
    idleSecondsMax: idleMsMax / 1_000,
    sessionLifeSecondsMax: life?.endsAfterMs === undefined ? undefined : life.endsAfterMs / 1_000,
    sessionCommandsMax: life?.endsAfterCommands,
    sessionGapMs,
    nameGapMs,
    loginPauseMs,
    errorPauseMs,
    failedCreatesPerDayMax,
    checksCountAsFailed,
    transitMsMax: transitMsMax ?? TRANSIT_MS_MAX,
    commandsInFlightMax: windowMax ?? 1,
  } satisfies { readonly [Key in keyof Required<ContractLimits>]: ContractLimits[Key] | undefined }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** A hello is sent in the middle of the idle time at the latest. */
function silenceFor({ helloAfterMs = Infinity }: AccountLimits, idleMsMax: number) {
  return { idleMsMax, helloAfterMs: Math.min(helloAfterMs, idleMsMax / 2) }
}

/** When the contract sets an end, the profile's time of replacement, which belongs to another end, does not apply. */
function lifeFor(usual: SessionLife | undefined, secondsMax?: number, commandsMax?: number) {
  if (secondsMax === undefined && commandsMax === undefined) return usual
  const { endsAfterMs, replaceAfterMs, endsAfterCommands, replaceAfterCommands } = usual ?? {}
  const age = secondsMax === undefined ? { endsAfterMs, replaceAfterMs } : { endsAfterMs: secondsMax * 1_000 }
  const commands =
    commandsMax === undefined
      ? { endsAfterCommands, replaceAfterCommands }
      : { endsAfterCommands: commandsMax }
  return withoutUndefined({ ...age, ...commands })
}

function withoutUndefined(life: { [Key in keyof SessionLife]?: number | undefined }): SessionLife {
  return Object.fromEntries(Object.entries(life).filter(([, value]) => value !== undefined))
}

/** One account as the database has it: its hosts, its client id, and the contract limits that differ from the profile. */
export type RegistryAccess = {
  readonly profile: RegistryProfileId
  readonly clid: string
  /** In order of preference. */
  readonly hosts: readonly RegistryHost[]
  /** Hosts that only the drop uses, if the registry has any. */
  readonly dropHosts: readonly RegistryHost[]
  /** Null: the system chooses. */
  readonly sourceAddress: string | null
  readonly limits: ContractLimits
}

/** What is not in the database: the password, the registry's certificate authorities, and our certificate with its key (PEM). */
export type RegistrySecrets = {
  readonly password: string
  readonly tls?: Pick<Endpoint, 'ca' | 'cert' | 'key'>
}

export type Phase = 'everyday' | 'drop'

/** The everyday hosts' share of the account's rate at a registry with separate hosts for the drop, so that both together keep the limit. */
const EVERYDAY_SHARE = 0.2

/**
 * The configuration of an account's pool for a phase. Both phases are the same unless the drop has separate hosts: then each
 * has its part of the account's sessions and rate. Throws `RangeError` when the hosts of the phase are not known: the everyday
 * host would refuse creates, or count them as violations.
 */
export function registrarConfigFor(
  access: RegistryAccess,
  secrets: RegistrySecrets,
  phase: Phase,
): RegistrarConfig {
  const { extensions, subProducts, dnssecUrgent } = PROFILES[access.profile]
  const isApart = hasDropHosts(access)
  const hosts = isApart && phase === 'drop' ? access.dropHosts : access.hosts
  const [endpoint, ...alternates] = hosts.map((host) => endpointOf(host, access, secrets))
  if (endpoint === undefined) throw new RangeError(`${access.profile} needs hosts for the phase ${phase}`)
  return {
    endpoint,
    alternates,
    credentials: { clID: access.clid, password: secrets.password },
    limits: limitsIn(phase, access.profile, access.limits),
    ...(extensions && { extensions }),
    ...(subProducts && { subProducts }),
    ...(dnssecUrgent !== undefined && { dnssecUrgent }),
  }
}

/** The limits of an account's pool for a phase, by the profile of its registry and its contract. */
export function limitsIn(phase: Phase, profile: RegistryProfileId, contract: ContractLimits): AccountLimits {
  const limits = limitsFor(PROFILES[profile].limits, contract)
  return hasDropHosts({ profile }) ? shareOf(limits, phase) : limits
}

/** Whether creates at the drop go to separate hosts, and so to a separate pool. */
export function hasDropHosts({ profile }: Pick<RegistryAccess, 'profile'>): boolean {
  return registryProfiles[profile].dropHost === 'apart'
}

function endpointOf(
  host: RegistryHost,
  { sourceAddress }: RegistryAccess,
  { tls }: RegistrySecrets,
): Endpoint {
  return { ...host, ...tls, ...(sourceAddress !== null && { localAddress: sourceAddress }) }
}

/** One session for queries, the others for creates. */
function shareOf(limits: AccountLimits, phase: Phase): AccountLimits {
  const everyday = {
    sessionsMax: 1,
    commandsPerSecondMax: everydayShare(limits.commandsPerSecondMax),
    ...(limits.commandsPerMinuteMax !== undefined && {
      commandsPerMinuteMax: everydayShare(limits.commandsPerMinuteMax),
    }),
  }
  if (phase === 'everyday') return { ...limits, ...everyday }
  const { sessionsMax, commandsPerSecondMax, commandsPerMinuteMax } = limits
  return {
    ...limits,
    sessionsMax: sessionsMax - everyday.sessionsMax,
    commandsPerSecondMax: commandsPerSecondMax - everyday.commandsPerSecondMax,
    ...(commandsPerMinuteMax !== undefined && {
      commandsPerMinuteMax: commandsPerMinuteMax - (everyday.commandsPerMinuteMax ?? 0),
    }),
  }
}

function everydayShare(rate: number): number {
  return Math.max(1, Math.floor(rate * EVERYDAY_SHARE))
}
