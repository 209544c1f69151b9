import { z } from 'zod'
import { milliseconds } from '../registry/conduct.ts'
import { type FaultKind, faultMoments, faultTargets, isFaultKind } from '../registry/faults.ts'
import { operations } from '../registry/records.ts'
import { mixSchema } from '../registry/settings.ts'

/** Bodies of the control API. Instants are ISO-8601 with an offset, by the registry's clock. */

/** Larger sets of names are sent in several requests. */
const NAMES_PER_REQUEST_MAX = 100_000

const name = z.string().min(1).max(255).toLowerCase()
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const clid = z.string().min(3).max(16)
const names = z.array(name).min(1).max(NAMES_PER_REQUEST_MAX)

const nameSpec = z.strictObject({
  name,
  kind: z.enum(['normal', 'premium', 'withdrawn', 'unreleased', 'refused']).optional(),
  tier: z.string().max(32).optional(),
  purgeAt: instant.optional(),
  /** What lists say, where the purge is at another time. */
  listedAt: instant.optional(),
  priorClid: clid.optional(),
  priorCrDate: instant.optional(),
  updatedAt: instant.optional(),
  restoreAt: instant.optional(),
  rivals: z
    .array(z.strictObject({ clid, delayMs: z.int().min(1).max(86_400_000) }))
    .max(100)
    .optional(),
})

export const loadNamesBody = z.strictObject({
  names: z.array(nameSpec).min(1).max(NAMES_PER_REQUEST_MAX),
  mix: mixSchema.optional(),
  ownShare: z.number().min(0).max(1).optional(),
})

/** Names of a sandbox, each with the time at which its registry is to say that it drops. */
export const dropsBody = z.strictObject({
  names: z
    .array(z.strictObject({ name, dropsAt: instant }))
    .min(1)
    .max(NAMES_PER_REQUEST_MAX),
})

export const batchBody = z.strictObject({
  startAt: instant,
  names: names.optional(),
  paceMs: milliseconds.optional(),
  earlyMsMax: milliseconds.optional(),
  driftMsMax: milliseconds.optional(),
  jitterMsMax: milliseconds.optional(),
  /** It begins exactly this much later than announced; through the batch it falls behind by `growMs` more. */
  lateMs: milliseconds.optional(),
  growMs: milliseconds.optional(),
  /** The batch is announced, but nothing is released. */
  skip: z.boolean().optional(),
})

const faultKind = z
  .string()
  .refine(isFaultKind, { error: `must be one of ${Object.keys(faultMoments).join(', ')}` })
  .transform((kind): FaultKind => kind)

export const faultBody = z.strictObject({
  kind: faultKind,
  on: z.enum(['commit', 'any']).optional(),
  commands: z.array(z.enum(faultTargets)).min(1).optional(),
  code: z.int().min(1000).max(2999).optional(),
  names: names.optional(),
  count: z.int().min(1).max(1_000_000).optional(),
  probability: z.number().min(0).max(1).default(1),
  delayMs: milliseconds.optional(),
  skewMs: z.int().min(-86_400_000).max(86_400_000).optional(),
  lengthOff: z.int().min(-65_536).max(65_536).optional(),
})

export const withdrawBody = z.strictObject({ names, at: instant.optional() })

/** The new expiry of a registered name. */
export const expiryBody = z.strictObject({ expiresAt: instant })

export const openingBody = z.strictObject({ fromAt: instant, openMs: milliseconds })

export const messageBody = z.strictObject({
  clid,
  text: z.string().min(1).max(1000),
  /** Adds data of a namespace that the greeting does not offer (a low-balance notice). */
  foreign: z.boolean().default(false),
  /** Adds the data with which registries send such notices: Verisign's low balance, RFC 9167, RFC 8590. */
  notice: z.enum(['low_balance', 'maintenance', 'change']).optional(),
  /** The hours of a maintenance. */
  from: instant.optional(),
  to: instant.optional(),
  count: z.int().min(1).max(10_000).default(1),
})

/** A payment of a registrar into its deposit, in minor units of the registry's currency. */
export const depositBody = z.strictObject({ clid, minor: z.int().min(1).max(1_000_000_000) })

/** Locks an account. `loginCode`: the answer to its logins. `sessionCode`: to the next command of each of its sessions. */
export const lockBody = z.strictObject({
  clid,
  loginCode: z.literal([2200, 2501]).default(2200),
  sessionCode: z.literal([2501, 2502]).default(2501),
})

/** A line of the report: number `index`, from 0, of a name and an operation. */
export const tamperBody = z.strictObject({
  name,
  operation: z.enum(operations).optional(),
  index: z.int().min(0).default(0),
  how: z.enum(['drop', 'double', 'alter']),
})
