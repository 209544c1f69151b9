import { z } from 'zod'
import { milliseconds, mixSchema } from '../registry/settings.ts'

/** Bodies of the control API. Instants are ISO-8601 with an offset, by the registry's clock. */

/** One bulk load; larger sets are sent in several. */
const NAMES_PER_REQUEST_MAX = 100_000

const name = z.string().min(1).max(255).toLowerCase()
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const clid = z.string().min(3).max(16)
const names = z.array(name).min(1).max(NAMES_PER_REQUEST_MAX)

const nameSpec = z.strictObject({
  name,
  kind: z.enum(['normal', 'premium', 'withdrawn', 'unreleased', 'refused']).optional(),
  purgeAt: instant.optional(),
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

export const batchBody = z.strictObject({
  startAt: instant,
  names: names.optional(),
  paceMs: milliseconds.optional(),
  driftMsMax: milliseconds.optional(),
  jitterMsMax: milliseconds.optional(),
})

export const faultBody = z.strictObject({
  kind: z.enum(['cut_before_commit', 'cut_after_commit']),
  on: z.enum(['commit', 'any']).default('commit'),
  names: names.optional(),
  count: z.int().min(1).max(1_000_000).optional(),
  probability: z.number().min(0).max(1).default(1),
})

export const withdrawBody = z.strictObject({ names, at: instant.optional() })
