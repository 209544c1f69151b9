import { z } from 'zod'

// Kinds of settings. What they say of a bad value never repeats it.

export const databaseUrl = z.url({
  protocol: /^postgres(?:ql)?$/,
  // The reason is the same whether it is missing, malformed or of another kind.
  error: 'must be a postgres:// URL',
})

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })

/** `DROPLOCK_LOG_LEVEL` in every app: set once, it holds for all that a launcher starts. */
export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')

/** Nothing here is waited for longer than a day. */
const DAY_MS = 86_400_000

export function milliseconds(min = 1, max = DAY_MS) {
  return z.coerce.number().int().min(min).max(max)
}

/** 0 takes any free one. */
export function port(usual: number) {
  return z.coerce.number().int().min(0).max(65_535).default(usual)
}

/** Text that is JSON of this shape. */
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

/** For an app that serves nobody by HTTP: where it says whether it is well. */
export const healthSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes any free one; without it nothing is served. */
  DROPLOCK_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
} as const

/** A setting is missing or wrong. The message is one line and repeats no value: one of them holds a password. */
export class BadConfig extends Error {}

export type Environment = Readonly<Record<string, string | undefined>>

/** The settings of `app` in an environment. Throws BadConfig: one line that names the app and each setting that is wrong. */
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
