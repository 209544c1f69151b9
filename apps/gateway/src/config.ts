import { z } from 'zod'

const milliseconds = z.coerce.number().int().min(1).max(600_000)

const Schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The database of `DATABASE_MODE`; keys of the other mode are refused unless it has a database too. */
  DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }),
  /** Test unless said otherwise: a gateway must not spend real money because somebody forgot a word. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  OTHER_DATABASE_URL: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
  /** Connections per database. More than the database has cores for only makes a longer queue inside it. */
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(200).default(20),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  /** A request is answered within this, or with `unavailable`. Milliseconds. */
  REQUEST_MS_MAX: milliseconds.default(15_000),
  /** After SIGTERM, requests that run may end within this. Milliseconds. */
  DRAIN_MS_MAX: milliseconds.default(10_000),
})

export type Config = z.output<typeof Schema>

/** A setting is missing or wrong. The message is one line and repeats no value: one of them holds a password. */
export class BadConfig extends Error {}

/** The gateway's settings from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const result = Schema.safeParse(environment)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new BadConfig(`gateway: ${faults.join('; ')}`)
}
