import { type Environment, milliseconds, port, readSettings } from '@droplock/settings/values'
import { z } from 'zod'

const schema = z.object({
  DROPLOCK_SANDBOX_PORT: port(7780),
  DROPLOCK_SANDBOX_API_KEY: z.string().min(1),
  DROPLOCK_SANDBOX_WEBHOOK_SECRET: z.string().min(1),
  DROPLOCK_SANDBOX_WEBHOOK_URL: z.url(),
  /** Where its books are kept. */
  DROPLOCK_SANDBOX_FOLDER: z.string().min(1),
  /** How long after its cause what comes later comes. */
  DROPLOCK_SANDBOX_LATER_MS: milliseconds().default(10_000),
})

type SandboxConfig = z.output<typeof schema>

/** The sandbox provider's settings, which the launcher gives it. Throws BadConfig. */
export function readConfig(environment: Environment): SandboxConfig {
  return readSettings('payment-sandbox', schema, environment)
}
