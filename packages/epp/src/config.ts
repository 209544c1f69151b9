import { readFileSync } from 'node:fs'
import { isRegistryProfileId, type RegistryProfileId, registryProfiles } from '@droplock/rules/registries'
import {
  type RegistrarConfig,
  type RegistryAccess,
  type RegistrySecrets,
  registrarConfigFor,
} from './profiles/registrar-config.ts'

/** The settings of a conformance run against a registry's test system. */
export type RunConfig = {
  readonly registrar: RegistrarConfig
  readonly zone: string
  /** How the names that the run creates begin. */
  readonly prefix: string
  readonly heldName?: string
  readonly droppingName?: string
  readonly premiumName?: string
  readonly registrant?: string
  readonly has: {
    readonly contacts: boolean
    readonly hosts: boolean
    readonly fee: boolean
    readonly dnssec: boolean
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Everything that can be set, and what it means. */
export const SETTINGS = `EPP_HOST, EPP_PORT (700)      address of the registry's test system
EPP_SERVER_NAME               the name in its certificate, when it is not the host
EPP_CA_FILE                   certificate authorities, when they are not the platform's
EPP_CERT_FILE, EPP_KEY_FILE   our certificate and key
EPP_CLID, EPP_PASSWORD_FILE   the account, and the file that holds its password
EPP_PROFILE                   one of: ${Object.keys(registryProfiles).join(', ')}
EPP_ZONE, EPP_PREFIX          the zone in which names may be created, and how they begin ("droplock-test")
EPP_HELD_NAME                 a name that another registrar holds
EPP_DROPPING_NAME             a name of another registrar in pendingDelete
EPP_PREMIUM_NAME              a premium name that is free
EPP_REGISTRANT                an existing contact, where names need one
EPP_HAS                       of: contacts,hosts,fee,dnssec`

/**
 * Reads the settings of a conformance run, the only settings of this package. Throws `RangeError`, with a text for the
 * operator, when one is missing or invalid.
 */
export function readRunConfig(env: Environment = process.env): RunConfig {
  const profile = required(env, 'EPP_PROFILE')
  if (!isRegistryProfileId(profile)) throw new RangeError(`EPP_PROFILE is no profile: ${profile}`)
  const zone = required(env, 'EPP_ZONE')
  const { EPP_HELD_NAME: heldName, EPP_DROPPING_NAME: droppingName, EPP_REGISTRANT: registrant } = env
  const { EPP_PREMIUM_NAME: premiumName } = env
  const has = new Set((env['EPP_HAS'] ?? '').split(',').filter((word) => word !== ''))
  return {
    registrar: registrarConfigFor(accessFrom(env, profile), secretsFrom(env), 'everyday'),
    zone,
    prefix: env['EPP_PREFIX'] ?? 'droplock-test',
    ...(heldName !== undefined && { heldName }),
    ...(droppingName !== undefined && { droppingName }),
    ...(premiumName !== undefined && { premiumName }),
    ...(registrant !== undefined && { registrant }),
    has: {
      contacts: has.has('contacts'),
      hosts: has.has('hosts'),
      fee: has.has('fee'),
      dnssec: has.has('dnssec'),
    },
  }
}

function accessFrom(env: Environment, profile: RegistryProfileId): RegistryAccess {
  const port = Number(env['EPP_PORT'] ?? '700')
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new RangeError(`EPP_PORT is no port: ${env['EPP_PORT'] ?? ''}`)
  const { EPP_SERVER_NAME: serverName } = env
  const host = { host: required(env, 'EPP_HOST'), port, ...(serverName !== undefined && { serverName }) }
  const clid = required(env, 'EPP_CLID')
  return { profile, clid, hosts: [host], dropHosts: [], sourceAddress: null, limits: {} }
}

function secretsFrom(env: Environment): RegistrySecrets {
  required(env, 'EPP_PASSWORD_FILE')
  const password = fileOf(env, 'EPP_PASSWORD_FILE')?.trim() ?? ''
  const [ca, cert, key] = ['EPP_CA_FILE', 'EPP_CERT_FILE', 'EPP_KEY_FILE'].map((name) => fileOf(env, name))
  return {
    password,
    tls: {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    },
  }
}

function required(env: Environment, name: string): string {
  const value = env[name]
  if (value === undefined || value === '') throw new RangeError(`${name} is not set`)
  return value
}

function fileOf(env: Environment, name: string): string | undefined {
  const path = env[name]
  if (path === undefined || path === '') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new RangeError(`${name} can't be read: ${path}`)
  }
}
