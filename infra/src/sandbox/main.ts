import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { runMain } from '@droplock/settings/run-main'
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
function readConfig(environment: Environment): SandboxConfig {
  return readSettings('payment-sandbox', schema, environment)
}

// The sandbox payment provider as a separate process, like a real one.
await runMain('payment-sandbox', async () => {
  const config = readConfig(process.env)
  const sandbox = await startSandboxProvider({
    port: config.DROPLOCK_SANDBOX_PORT,
    apiKey: config.DROPLOCK_SANDBOX_API_KEY,
    webhookSecret: config.DROPLOCK_SANDBOX_WEBHOOK_SECRET,
    webhookUrl: config.DROPLOCK_SANDBOX_WEBHOOK_URL,
    folder: config.DROPLOCK_SANDBOX_FOLDER,
    laterMs: config.DROPLOCK_SANDBOX_LATER_MS,
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
})
