import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { runMain } from '@droplock/settings/run-main'
import { readConfig } from './config.ts'

// The sandbox payment provider as a process of its own: from the apps it is as far away as a real one.
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
