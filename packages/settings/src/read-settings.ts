import type { z } from 'zod'

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
