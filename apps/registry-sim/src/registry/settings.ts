import { z } from 'zod'

/** Everything that differs between registries, with defaults that make a registry worth catching from. */

const share = z.number().min(0).max(1)
export const milliseconds = z.int().min(0).max(86_400_000)
const clid = z.string().regex(/^[!-~]{3,16}$/, 'a clID has 3-16 printable characters')

export const zoneName = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'a zone is written in lower-case A-labels')

/** The registry's contract with a registrar. Crossing a limit is answered as `overRate` says, and counted. */
const limits = z.strictObject({
  sessionsMax: z.int().min(1).max(1000).default(4),
  commandsPerSecondMax: z.int().min(1).max(100_000).default(40),
  /** Creates answered other than 1000 in a rolling 24 h; absent means no budget. */
  failedCreatesPerDayMax: z.int().min(1).max(1_000_000).optional(),
})

const account = z.strictObject({
  clid,
  password: z.string().min(6).max(16),
  limits: limits.prefault({}),
})

/** An in-process drop-catcher. It tries `share` of the dropping names, each `min`-`max` ms after the purge. */
const rival = z.strictObject({
  clid,
  share: share.default(0.25),
  delayMs: z.strictObject({ min: milliseconds, max: milliseconds }).prefault({ min: 2, max: 400 }),
})

/** Shares of the kinds among names loaded without one; the rest is normal. */
export const mixSchema = z
  .strictObject({
    premium: share.default(0.05),
    withdrawn: share.default(0.05),
    unreleased: share.default(0.05),
    refused: share.default(0.05),
  })
  .refine((mix) => mix.premium + mix.withdrawn + mix.unreleased + mix.refused <= 1, 'the shares exceed 1')

/** How a daily batch runs: a name every `paceMs`, a late start of at most `driftMsMax`, each step off by ± jitter. */
const pace = z.strictObject({
  paceMs: milliseconds.default(25),
  driftMsMax: milliseconds.default(3000),
  jitterMsMax: milliseconds.default(10),
})

const garden = z.strictObject({
  roundMs: milliseconds.min(1000).default(120_000),
  namesPerRound: z.int().min(1).max(10_000).default(12),
  /** A name is on the list at least this long before its purge. */
  leadMs: milliseconds.default(150_000),
})

const defaultAccounts = ['droplock', 'rival-a', 'rival-b'].map((id) => ({
  clid: id,
  password: 'sim-secret-1',
}))
const defaultRivals = [
  { clid: 'rival-a', share: 0.25, delayMs: { min: 2, max: 400 } },
  { clid: 'rival-b', share: 0.15, delayMs: { min: 200, max: 4000 } },
]

export const registrySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** `exact`: a stated instant per name. `daily`: a batch in the order of last update, then ROID. */
  release: z.enum(['exact', 'daily']),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(0),
  zones: z.array(zoneName).min(1),
  /** The label after the hyphen of every ROID. */
  repositoryId: z
    .string()
    .regex(/^\w{1,8}$/)
    .default('SIM'),
  accounts: z.array(account).min(1).prefault(defaultAccounts),
  /** Names that expired at our own registrar carry our clID before the purge. */
  ownClid: clid.default('droplock'),
  ownShare: share.default(0.2),
  mix: mixSchema.prefault({}),
  rivals: z.array(rival).prefault(defaultRivals),
  pace: pace.prefault({}),
  /** A withdrawn name is restored at a drawn instant between these, counted from its listed purge. */
  restore: z
    .strictObject({ beforeMs: milliseconds.default(60_000), afterMs: milliseconds.default(1000) })
    .prefault({}),
  pendingDeleteMs: z
    .int()
    .min(0)
    .default(5 * 86_400_000),
  /** The registry's clock minus the machine's. Every time the registry tells or keeps is by its own clock. */
  clockSkewMs: z.int().min(-86_400_000).max(86_400_000).default(0),
  overRate: z.enum(['close', 'retry', 'cut']).default('close'),
  idleMs: milliseconds.min(10).default(600_000),
  /** Silence after which a connection that is not logged in is closed. */
  loginMs: milliseconds.min(10).default(60_000),
  fee: z
    .strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .default('USD'),
      standardMinor: z.int().min(0).default(800),
      premiumMinor: z.int().min(0).default(250_000),
    })
    .prefault({}),
  garden: garden.optional(),
})

export type RegistrySettings = z.output<typeof registrySchema>
export type RegistryOptions = z.input<typeof registrySchema>
export type Limits = RegistrySettings['accounts'][number]['limits']
export type Mix = z.output<typeof mixSchema>
export type Pace = z.output<typeof pace>

const POLISH_ZONES =
  'pl com.pl net.pl org.pl edu.pl info.pl biz.pl waw.pl wroclaw.pl sklep.pl szczecin.pl'.split(' ')

/** The two registries that run when nothing is configured. */
export const defaultRegistries: readonly RegistryOptions[] = [
  { id: 'exact', release: 'exact', port: 7700, zones: POLISH_ZONES },
  { id: 'daily', release: 'daily', port: 7701, zones: ['com', 'net'] },
]
