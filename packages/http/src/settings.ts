import { z } from 'zod'

/** A setting is missing or wrong. The message is one line and repeats no value: one of them holds a password. */
export class BadConfig extends Error {}

/** What every server can be told. An app's `config.ts` adds its own. */
export const serverSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }),
  /** Connections per database. More than the database has cores for only makes a longer queue inside it. */
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(200).default(20),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  /** A request is answered within this, or with `unavailable`. Milliseconds. */
  REQUEST_MS_MAX: milliseconds().default(15_000),
  /** After SIGTERM, requests that run may end within this. Milliseconds. */
  DRAIN_MS_MAX: milliseconds().default(10_000),
} as const

export function milliseconds() {
  return z.coerce.number().int().min(1).max(600_000)
}

export function port(usual: number) {
  return z.coerce.number().int().min(0).max(65_535).default(usual)
}

/** The settings of `app` in an environment. Throws BadConfig, one line that names what is wrong. */
export function readSettings<Schema extends z.ZodType>(
  app: string,
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const result = schema.safeParse(environment)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new BadConfig(`${app}: ${faults.join('; ')}`)
}
