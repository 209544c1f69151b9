import { z } from 'zod'

const Environment = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// URL' }).optional(),
  /** Says of a server of yours that it is for demonstration: it gets the simulated registries and resellers. */
  DROPLOCK_DEMO: z.enum(['0', '1'], { error: 'is neither 0 nor 1' }).default('0'),
})

export type LaunchConfig = {
  readonly databaseUrl: string | undefined
  /** Whether there is a simulated world. In an embedded database there is nothing else. */
  readonly isDemo: boolean
}

/** The launcher's own settings; everything else in the environment is the apps'. Throws one line that repeats no value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): LaunchConfig {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  }
  const { DATABASE_URL: databaseUrl, DROPLOCK_DEMO: demo } = parsed.data
  return { databaseUrl, isDemo: databaseUrl === undefined || demo === '1' }
}
