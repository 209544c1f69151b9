import { z } from 'zod'

// Kinds of settings. Their errors never repeat a value, which may be a secret.

export const databaseUrl = z.url({
  protocol: /^postgres(?:ql)?$/,
  // The same error for a missing value, a malformed one and another kind of URL.
  error: 'must be a postgres:// URL',
})

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })

/** `DROPLOCK_LOG_LEVEL` in every app. Set for a launcher, it applies to all apps that it starts. */
export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')

/** The longest time that can be set. */
const DAY_MS = 86_400_000

export function milliseconds(min = 1, max = DAY_MS) {
  return z.coerce.number().int().min(min).max(max)
}

/** 0 chooses a free port. */
export function port(defaultPort: number) {
  return z.coerce.number().int().min(0).max(65_535).default(defaultPort)
}

/** JSON text of this schema. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

/** A time of the service's day. */
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be HH:MM or HH:MM:SS')

export const timeZone = z.string().refine(isTimeZone, 'is not an IANA time zone')

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The health endpoint of an app without an HTTP API. */
export const healthSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 chooses a free port. Absent: no health endpoint. */
  DROPLOCK_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
} as const

/** A setting is missing or wrong. The message is one line and repeats no value, because some contain a password. */
export class BadConfig extends Error {}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings of `app`. Throws BadConfig with one line that names the app and each wrong setting. */
export function readSettings<Schema extends z.ZodType>(
  app: string,
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const result = schema.safeParse(environment)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new BadConfig(`${app}: ${faults.join('; ')}`)
}
