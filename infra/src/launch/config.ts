import { z } from 'zod'

const Environment = z.object({
  /** A server of yours. Without it the embedded one is started. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// URL' }).optional(),
})

export type LaunchConfig = { readonly databaseUrl: string | undefined }

/** The launcher's own settings; everything else in the environment is the apps'. Throws one line that repeats no value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): LaunchConfig {
  const parsed = Environment.safeParse(env)
  if (parsed.success) return { databaseUrl: parsed.data.DATABASE_URL }
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
}
