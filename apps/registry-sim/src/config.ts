import { resolve } from 'node:path'
import { BadConfig, type Environment, json, logLevel, readSettings } from '@droplock/settings/values'
import { z } from 'zod'
import { applyProfile } from './profiles.ts'
import {
  defaultRegistries,
  type RegistryOptions,
  type RegistrySettings,
  registrySchema,
} from './registry/settings.ts'

/** The simulator's configuration. Every setting has a default. */

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
const port = whole.pipe(z.int().max(65_535))
const onOff = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true')

const registries = json(
  z.array(z.record(z.string(), z.unknown()).transform(applyProfile).pipe(registrySchema)).min(1),
)

const simulatorSchema = z.object({
  DROPLOCK_SIM_SEED: whole.default(1),
  DROPLOCK_SIM_TLS_FOLDER: z
    .string()
    .min(1)
    .default(resolve(import.meta.dirname, '../../../.droplock/sim-tls')),
  DROPLOCK_SIM_CONTROL_PORT: port.default(7799),
  /** The EPP port of the first default registry; the second one uses the next port. Ignored when the registries are given. */
  DROPLOCK_SIM_EPP_PORT: port.default(7700),
  /** The password of `droplock` at the default registries. */
  DROPLOCK_SIM_PASSWORD: z.string().min(6).max(16).default('sim-secret-1'),
  /** JSON array of registries; see `registry/settings.ts`. */
  DROPLOCK_SIM_REGISTRIES: registries.optional(),
  /** A folder of the published EPP schemas. If set, every received document is validated. */
  DROPLOCK_SIM_SCHEMAS: z.string().min(1).optional(),
  /** Generates names in every registry. */
  DROPLOCK_SIM_AUTO_NAMES: onOff.default(false),
  DROPLOCK_LOG_LEVEL: logLevel,
})

type Settings = z.output<typeof simulatorSchema>

export type Config = {
  readonly seed: number
  readonly tlsFolder: string
  readonly controlPort: number
  readonly registries: readonly RegistryOptions[]
  readonly schemasFolder: string | undefined
  readonly logLevel: Settings['DROPLOCK_LOG_LEVEL']
}

const strength = z.coerce.number().gt(0).max(1)
const clid = z.string().min(3).max(16)
const password = z.string().min(6).max(16)

/** One of several rivals of a process. What it leaves out is as the other variables say. */
const oneRival = z.strictObject({
  control: z.url().exactOptional(),
  registryId: z.string().min(1).exactOptional(),
  caFile: z.string().min(1).exactOptional(),
  clid: clid.exactOptional(),
  password: password.exactOptional(),
  seed: z.int().exactOptional(),
  strength: strength.exactOptional(),
  earlyMs: z.int().exactOptional(),
  lateMs: z.int().exactOptional(),
  knowsOrder: z.boolean().exactOptional(),
  timesCommands: z.boolean().exactOptional(),
  /** What it wants; absent: everything that is listed. */
  names: z.array(z.string()).exactOptional(),
  /** Another port than the registry's own, of a proxy in between. */
  port: z.int().exactOptional(),
})

const rivalSchema = z.object({
  DROPLOCK_RIVAL_CONTROL: z.url().default('http://127.0.0.1:7799'),
  DROPLOCK_RIVAL_REGISTRY: z.string().min(1).optional(),
  DROPLOCK_RIVAL_CA_FILE: z
    .string()
    .min(1)
    .default(resolve(import.meta.dirname, '../../../.droplock/sim-tls/ca.pem')),
  DROPLOCK_RIVAL_CLID: clid.default('rival-a'),
  DROPLOCK_RIVAL_PASSWORD: password.default('sim-secret-a'),
  DROPLOCK_RIVAL_SEED: whole.default(1),
  /** The share of the account's limits that the rival uses: above 0, up to 1. */
  DROPLOCK_RIVAL_STRENGTH: strength.default(1),
  DROPLOCK_RIVAL_EARLY_MS: whole.default(60_000),
  DROPLOCK_RIVAL_LATE_MS: whole.default(60_000),
  /** Whether it knows in which order names are released. */
  DROPLOCK_RIVAL_KNOWS_ORDER: onOff.default(false),
  /** Whether it then sends its commands when they are worth most, and not at an even pace. */
  DROPLOCK_RIVAL_TIMES_COMMANDS: onOff.default(false),
  /** JSON array, for several rivals in one process. */
  DROPLOCK_RIVALS: json(z.array(oneRival).min(1)).optional(),
  DROPLOCK_LOG_LEVEL: logLevel,
})

/** A rival that runs in a process of its own, or with others. */
type RivalConfig = {
  readonly control: string
  readonly registryId: string
  readonly caFile: string
  readonly clid: string
  readonly password: string
  readonly seed: number
  readonly strength: number
  readonly earlyMs: number
  readonly lateMs: number
  readonly knowsOrder: boolean
  readonly timesCommands: boolean
  readonly names?: readonly string[] | undefined
  readonly port?: number | undefined
}

/** The settings of the rivals that run in a process. Throws BadConfig. */
export function readRivalConfig(environment: Environment = process.env) {
  const data = readSettings('rival', rivalSchema, environment)
  const usual = {
    control: data.DROPLOCK_RIVAL_CONTROL,
    caFile: data.DROPLOCK_RIVAL_CA_FILE,
    clid: data.DROPLOCK_RIVAL_CLID,
    password: data.DROPLOCK_RIVAL_PASSWORD,
    seed: data.DROPLOCK_RIVAL_SEED,
    strength: data.DROPLOCK_RIVAL_STRENGTH,
    earlyMs: data.DROPLOCK_RIVAL_EARLY_MS,
    lateMs: data.DROPLOCK_RIVAL_LATE_MS,
    knowsOrder: data.DROPLOCK_RIVAL_KNOWS_ORDER,
    timesCommands: data.DROPLOCK_RIVAL_TIMES_COMMANDS,
  }
  const rivals = (data.DROPLOCK_RIVALS ?? [{}]).map((one): RivalConfig => {
    const registryId = one.registryId ?? data.DROPLOCK_RIVAL_REGISTRY
    if (registryId === undefined) throw new BadConfig('rival: DROPLOCK_RIVAL_REGISTRY is required')
    return { ...usual, ...one, registryId }
  })
  return { rivals, logLevel: data.DROPLOCK_LOG_LEVEL }
}

function ownRegistries(settings: Settings): readonly RegistryOptions[] {
  const first = settings.DROPLOCK_SIM_EPP_PORT
  return defaultRegistries.map((option, index) => ({
    ...option,
    port: first === 0 ? 0 : first + index,
    accounts: [
      { clid: 'droplock', password: settings.DROPLOCK_SIM_PASSWORD },
      { clid: 'rival-a', password: 'sim-secret-a' },
      { clid: 'rival-b', password: 'sim-secret-b' },
    ],
  }))
}

function withAutoNames(option: RegistryOptions): RegistryOptions {
  return { ...option, autoNames: option.autoNames ?? {} }
}

/** The simulator's settings from the environment. Throws BadConfig. */
export function readConfig(environment: Environment = process.env): Config {
  const data = readSettings('registry-sim', simulatorSchema, environment)
  const given: readonly (RegistryOptions | RegistrySettings)[] =
    data.DROPLOCK_SIM_REGISTRIES ?? ownRegistries(data)
  return {
    seed: data.DROPLOCK_SIM_SEED,
    tlsFolder: data.DROPLOCK_SIM_TLS_FOLDER,
    controlPort: data.DROPLOCK_SIM_CONTROL_PORT,
    registries: data.DROPLOCK_SIM_AUTO_NAMES ? given.map(withAutoNames) : given,
    schemasFolder: data.DROPLOCK_SIM_SCHEMAS,
    logLevel: data.DROPLOCK_LOG_LEVEL,
  }
}
