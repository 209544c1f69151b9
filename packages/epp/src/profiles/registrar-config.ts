import {
  type ContractLimits,
  type RegistryHost,
  type RegistryProfileId,
  registryProfiles,
} from '@droplock/rules/registries'
import type { Credentials } from '../commands/session.ts'
import type { AccountLimits, Inherited, SessionLife } from '../pool/limits.ts'
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

/** One account at one registry, and the hosts of one phase. A host that only the drop uses is a pool of its own. */
export type RegistrarConfig = Demands & {
  readonly endpoint: Endpoint
  /** The registry's other hosts for the same purpose, tried in turn when one gives no connection. */
  readonly alternates?: readonly Endpoint[]
  readonly credentials: Credentials
  readonly limits: AccountLimits
  readonly times?: Partial<RegistrarTimes>
  readonly lang?: string
  /** URIs to log in with where the registry offers them; all that we speak when absent. */
  readonly extensions?: readonly string[]
  readonly inherited?: Inherited
}

/** The limits of an account: its contract's where that says something, else its profile's. */
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

/** A hello comes in the middle of the silence at the latest. */
function silenceFor({ helloAfterMs = Infinity }: AccountLimits, idleMsMax: number) {
  return { idleMsMax, helloAfterMs: Math.min(helloAfterMs, idleMsMax / 2) }
}

/** An end that the contract sets takes the profile's time of replacement with it, which was made for another end. */
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

/** What the database has of one account: where, who, and what its contract says otherwise than its registry's profile. */
export type RegistryAccess = {
  readonly profile: RegistryProfileId
  readonly clid: string
  /** In order of preference. */
  readonly hosts: readonly RegistryHost[]
  /** Where the registry has hosts that only the drop uses. */
  readonly dropHosts: readonly RegistryHost[]
  /** Null: whichever the system takes. */
  readonly sourceAddress: string | null
  readonly limits: ContractLimits
}

/** What is in no database: the password, the authorities that vouch for the registry, and our certificate with its key. PEM. */
export type RegistrySecrets = {
  readonly password: string
  readonly tls?: Pick<Endpoint, 'ca' | 'cert' | 'key'>
}

export type Phase = 'everyday' | 'drop'

/** Of a registry with two kinds of hosts, what the everyday ones have of the account's rate, so that all keeps its limits in total. */
const EVERYDAY_SHARE = 0.2

/**
 * The configuration of an account's pool for a phase, the only way to one. Both phases are the same unless the drop has hosts of its
 * own: then each has its part of the account's sessions and rate. Throws `RangeError` when the hosts of the phase are not known:
 * creates at the everyday host would be refused, or be an offence.
 */
export function registrarConfigFor(
  access: RegistryAccess,
  secrets: RegistrySecrets,
  phase: Phase,
): RegistrarConfig {
  const { extensions, subProducts, dnssecUrgent, ...profile } = PROFILES[access.profile]
  const limits = limitsFor(profile.limits, access.limits)
  const isApart = hasDropHosts(access)
  const hosts = isApart && phase === 'drop' ? access.dropHosts : access.hosts
  const [endpoint, ...alternates] = hosts.map((host) => endpointOf(host, access, secrets))
  if (endpoint === undefined) throw new RangeError(`${access.profile} needs hosts for the phase ${phase}`)
  return {
    endpoint,
    alternates,
    credentials: { clID: access.clid, password: secrets.password },
    limits: isApart ? shareOf(limits, phase) : limits,
    ...(extensions && { extensions }),
    ...(subProducts && { subProducts }),
    ...(dnssecUrgent !== undefined && { dnssecUrgent }),
  }
}

/** Whether creates at the drop go to hosts, and so a pool, of their own. */
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

/** One session for questions, the others for creates. A budget of failed creates belongs to the creates. */
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
