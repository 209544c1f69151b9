import { z } from 'zod'

const Environment = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// URL' }).optional(),
  /** Puts demo data and known keys into a database of yours. Never beside a real registry account. */
  DROPLOCK_DEMO: z.enum(['0', '1'], { error: 'is 0 or 1' }).default('0'),
})

export type LaunchConfig = { readonly databaseUrl: string | undefined; readonly isDemo: boolean }

/** The launcher's own settings; everything else in the environment is the apps'. Throws one line that repeats no value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): LaunchConfig {
  const parsed = Environment.safeParse(env)
  if (parsed.success) {
    const { DATABASE_URL: databaseUrl, DROPLOCK_DEMO } = parsed.data
    return { databaseUrl, isDemo: databaseUrl === undefined || DROPLOCK_DEMO === '1' }
  }
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
}
