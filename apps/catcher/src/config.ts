import { readFileSync } from 'node:fs'
import { z } from 'zod'

const ms = (defaultMs: number) => z.coerce.number().int().positive().default(defaultMs)

/** What the catcher needs to know; every duration is operator data with a default. */
const schema = z.object({
  DATABASE_URL: z.url(),
  /** JSON: registry account id → {"password", "caFile"}. The accounts that this process may drive. */
  DROPLOCK_EPP_CREDENTIALS: z
    .string()
    .transform((text, issues) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        issues.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(z.record(z.string(), z.object({ password: z.string().min(6).max(16), caFile: z.string() }))),
  DROPLOCK_JOURNAL_FOLDER: z.string().default('.droplock/journal'),
  DROPLOCK_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DROPLOCK_LEASE_MS: ms(10_000),
  DROPLOCK_LEASE_RENEW_MS: ms(1_000),
  DROPLOCK_LEASE_MARGIN_MS: ms(1_000),
  DROPLOCK_REFRESH_MS: ms(500),
  DROPLOCK_PREPARE_LEAD_MS: ms(300_000),
  DROPLOCK_FIRE_LEAD_MS: ms(10_000),
  DROPLOCK_AIM_LEAD_MS: ms(50),
  DROPLOCK_CREATES_PER_INFO: z.coerce.number().int().positive().default(3),
  DROPLOCK_CLOCK_EVERY_MS: ms(60_000),
  DROPLOCK_DRAIN_MS: ms(5_000),
})

export type Config = z.infer<typeof schema>

/** Reads the environment. A bad value is one line on standard error and exit 1. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  process.stderr.write(`catcher: ${faults.join('; ')}\n`)
  process.exit(1)
}

/** The certificate authority that vouches for the registry, PEM. */
export function readCa(file: string): string {
  return readFileSync(file, 'utf8')
}
