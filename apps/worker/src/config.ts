import { type PublicationRule, publicationWindow } from '@droplock/rules/schedule/publication'
import { z } from 'zod'
import { sourceSchema } from './feeds/source.ts'

const milliseconds = z.coerce.number().int().min(10).max(86_400_000)
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be HH:MM or HH:MM:SS')

const jsonSources = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(z.array(sourceSchema))

const Schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }),
  /** The beats are few and each uses one connection at a time. */
  DROPLOCK_DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(100).default(6),
  DROPLOCK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  /** JSON array of sources; see `feeds/source.ts`. */
  DROPLOCK_FEEDS: jsonSources.default([]),
  DROPLOCK_FEED_POLL_MS: milliseconds.default(60_000),
  /** A whole poll, download and staging, ends within this. */
  DROPLOCK_FEED_POLL_MS_MAX: milliseconds.default(900_000),
  /** All deletions of five days in all TLDs are some 100 MB as text. */
  DROPLOCK_FEED_BYTES_MAX: z.coerce.number().int().min(1).max(4_294_967_296).default(536_870_912),
  /** Lists open for orders in this daily window (rule 5), or as soon as they are read. */
  DROPLOCK_PUBLICATION: z.enum(['daily', 'at_once']).default('daily'),
  DROPLOCK_PUBLICATION_FROM: localTime.default('09:30'),
  DROPLOCK_PUBLICATION_TO: localTime.default('10:00'),
  DROPLOCK_SERVICE_TIME_ZONE: z.string().default('UTC'),
  DROPLOCK_SWEEP_OPEN_MS: milliseconds.default(1_000),
  DROPLOCK_SWEEP_CLOSE_MS: milliseconds.default(250),
  DROPLOCK_SWEEP_UNSOLD_MS: milliseconds.default(1_000),
  /** After SIGTERM, what runs may end within this. Milliseconds. */
  DROPLOCK_DRAIN_MS_MAX: milliseconds.default(20_000),
})

export type Config = z.output<typeof Schema>

/** A setting is missing or wrong. The message is one line and repeats no value: one of them holds a password. */
export class BadConfig extends Error {}

/** The worker's settings from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const result = Schema.safeParse(environment)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new BadConfig(`worker: ${faults.join('; ')}`)
  }
  const rule = publicationOf(result.data)
  if (rule !== 'at_once') requireWindow(rule)
  return result.data
}

export function publicationOf(config: Config): PublicationRule | 'at_once' {
  if (config.DROPLOCK_PUBLICATION === 'at_once') return 'at_once'
  return {
    timeZone: config.DROPLOCK_SERVICE_TIME_ZONE,
    from: config.DROPLOCK_PUBLICATION_FROM,
    to: config.DROPLOCK_PUBLICATION_TO,
  }
}

/** A window that no day has is a mistake to be told now, not at the first list. */
function requireWindow(rule: PublicationRule): void {
  try {
    publicationWindow(new Date(0), rule)
  } catch (error) {
    throw new BadConfig(
      `worker: DROPLOCK_PUBLICATION_FROM, DROPLOCK_PUBLICATION_TO, DROPLOCK_SERVICE_TIME_ZONE: ${String(error)}`,
    )
  }
}
