import { z } from 'zod'
import { conduct, milliseconds } from './conduct.ts'

/** The profiles, whose published rules are in `profiles.ts`. */
export const profileNames = [
  'verisign-like',
  'co-like',
  'nz-like',
  'fr-like',
  'uk-like',
  'no-like',
  'ee-like',
  'nl-like',
  'dropzone-like',
  'nomulus-like',
  'strict-like',
] as const

export type ProfileName = (typeof profileNames)[number]

/** Everything that differs between registries, with useful defaults. */

const share = z.number().min(0).max(1)
const clid = z.string().regex(/^[!-~]{3,16}$/, 'a clID has 3-16 printable characters')

const zoneName = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'a zone is written in lower-case A-labels')

/** The limits of a registrar by its contract. Exceeding one is answered as `overRate` says, and counted. */
const limits = z.strictObject({
  sessionsMax: z.int().min(1).max(1000).default(4),
  commandsPerSecondMax: z.int().min(1).max(100_000).default(40),
  commandsPerMinuteMax: z.int().min(1).max(1_000_000).optional(),
  /** Creates answered other than 1000 in a rolling 24 h; absent means no budget. See `failedChecksCount`. */
  failedCreatesPerDayMax: z.int().min(1).max(10_000_000).optional(),
})

const account = z.strictObject({
  clid,
  /** More than 16 characters need loginSec-1.0 (RFC 8807). */
  password: z.string().min(6).max(64),
  limits: limits.prefault({}),
  /** Money at the registry. A create or renewal beyond it is answered 2104. Absent: unlimited. */
  depositMinor: z.int().min(0).optional(),
})

/** An in-process drop-catcher. It tries `share` of the dropping names, each `min`-`max` ms after the purge. */
const rival = z.strictObject({
  clid,
  share: share.default(0.25),
  delayMs: z.strictObject({ min: milliseconds, max: milliseconds }).prefault({ min: 2, max: 400 }),
})

/** A drop-catcher that speaks EPP, at its share of the account's limits. See `rivals/`. */
const wireRival = z.strictObject({
  clid,
  /** What it wants; absent: everything that is listed. */
  names: z.array(z.string()).optional(),
  /** It knows in which order names are released, and not when. Else it loops over its names. */
  knowsOrder: z.boolean().default(false),
  /** One that knows the order sends its commands when they are worth most, and not at an even pace. */
  timesCommands: z.boolean().default(false),
  /** 1 is the full limit of the account. */
  strength: z.number().gt(0).max(1).default(1),
  /** It begins this long before the listed purge, and gives up this long after. */
  earlyMs: milliseconds.default(60_000),
  lateMs: milliseconds.default(60_000),
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

/**
 * How a daily batch runs: a name every `paceMs`, a late start of at most `driftMsMax` or an early one of
 * at most `earlyMsMax`, each step off by ± jitter.
 */
const pace = z.strictObject({
  paceMs: milliseconds.default(25),
  earlyMsMax: milliseconds.optional(),
  driftMsMax: milliseconds.default(3000),
  jitterMsMax: milliseconds.default(10),
})

const autoNames = z.strictObject({
  roundMs: milliseconds.min(1000).default(120_000),
  namesPerRound: z.int().min(1).max(10_000).default(12),
  /** A name is on the list at least this long before its purge. */
  leadMs: milliseconds.default(150_000),
})

export const defaultAccounts = ['droplock', 'rival-a', 'rival-b'].map((id) => ({
  clid: id,
  password: 'sim-secret-1',
}))
const defaultRivals = [
  { clid: 'rival-a', share: 0.25, delayMs: { min: 2, max: 400 } },
  { clid: 'rival-b', share: 0.15, delayMs: { min: 200, max: 4000 } },
]

const fee = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  standardMinor: z.int().min(0).default(800),
  /** The yearly fee of a premium name without a tier. */
  premiumMinor: z.int().min(0).default(250_000),
  /** Whether fee checks show a premium name as such before its purge. */
  premiumBeforePurge: z.boolean().default(false),
  /** Premium tiers: the class that fee-1.0 shows, and its yearly fee. If there are tiers, every premium name has one. */
  tiers: z.record(z.string().regex(/^[a-z0-9-]{1,32}$/), z.int().min(0)).default({}),
  /** Added to the fee of a create, by zone. */
  phaseFeeMinor: z.record(zoneName, z.int().min(0)).default({}),
  /** The answer to a wrong currency, which RFC 8748 does not define. */
  wrongCurrencyCode: z.literal([2004, 2306]).default(2004),
  /** What happens to a command on a premium name without a fee: 2003, or the price is charged. */
  premiumWithoutFee: z.enum(['refused', 'sold']).default('refused'),
  /** What happens if the agreed fee is above the price: 2004, or the price is charged. */
  higherFee: z.enum(['refused', 'taken']).default('refused'),
  /** Whether the refusal of a create for its fee contains the price, which RFC 8748 does not define. */
  refusalShowsPrice: z.boolean().default(false),
})

export const registrySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** The published rules that this registry follows. The other settings override them. See `profiles.ts`. */
  profile: z.enum(profileNames).optional(),
  /**
   * `exact`: a stated instant per name. `daily`: a batch in the order of `batchOrder`. `random`: within
   * `releaseWithinMs` after the stated instant.
   */
  release: z.enum(['exact', 'daily', 'random']).default('exact'),
  /** `update`: by last update, then ROID, which `info` shows. `drawn`: in an order that nothing shows. */
  batchOrder: z.enum(['update', 'drawn']).default('update'),
  releaseWithinMs: milliseconds.default(3_600_000),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(0),
  /**
   * A second host for creates at the drop. If there is one, only it accepts creates, and `opening` applies only to it.
   * 0 takes any free port.
   */
  dropPort: z.int().min(0).max(65_535).optional(),
  zones: z.array(zoneName).min(1),
  /** The label after the hyphen of every ROID. */
  repositoryId: z
    .string()
    .regex(/^\w{1,8}$/)
    .default('SIM'),
  accounts: z.array(account).min(1).prefault(defaultAccounts),
  /** The limits of every account that sets none. */
  limits: limits.partial().optional(),
  /** The clID of names that expired at our own registrar. */
  ownClid: clid.default('droplock'),
  ownShare: share.default(0.2),
  mix: mixSchema.prefault({}),
  rivals: z.array(rival).prefault(defaultRivals),
  wireRivals: z.array(wireRival).default([]),
  pace: pace.prefault({}),
  /** A withdrawn name is restored at a drawn instant between these, counted from its listed purge. */
  restore: z
    .strictObject({ beforeMs: milliseconds.default(60_000), afterMs: milliseconds.default(1000) })
    .prefault({}),
  /**
   * At its expiry a name is renewed by one year and charged; a delete within `graceMs` after it is credited (RFC 3915 §3.1). gTLDs
   * have 45 days. `null`: the name stays registered with an exDate that has passed.
   */
  autoRenew: z
    .strictObject({
      graceMs: z
        .int()
        .min(0)
        .max(364 * 86_400_000)
        .default(45 * 86_400_000),
    })
    .nullable()
    .prefault({}),
  pendingDeleteMs: z
    .int()
    .min(0)
    .default(5 * 86_400_000),
  /** The registry's clock minus the machine's. All times of the registry are by its own clock. */
  clockSkewMs: z.int().min(-86_400_000).max(86_400_000).default(0),
  overRate: z.enum(['close', 'retry', 'cut']).default('close'),
  /** The answer to a login beyond the limit of sessions: 2502, or the connection is closed without an answer. */
  overSessions: z.enum(['close', 'cut']).default('close'),
  ...conduct.shape,
  idleMs: milliseconds.min(10).default(600_000),
  /** Silence after which a connection that is not logged in is closed. */
  loginMs: milliseconds.min(10).default(60_000),
  fee: fee.prefault({}),
  autoNames: autoNames.optional(),
  /** Millions of creates arrive at a drop. The truth of one name keeps this many and counts the others. */
  arrivalsPerNameMax: z.int().min(1).max(1_000_000).default(1000),
  /**
   * A sandbox: every name directly below a zone is a zone too, and how a name ends is in its label. See `sandbox-names.ts`.
   */
  sandbox: z.boolean().default(false),
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
