import { startOutbox } from '@droplock/mail/outbox/outbox'
import { runMain } from '@droplock/settings/run-main'
import { type Environment, port, readSettings } from '@droplock/settings/values'
import { z } from 'zod'

const Schema = z.object({
  DROPLOCK_OUTBOX_SMTP_PORT: port(7790),
  DROPLOCK_OUTBOX_PAGE_PORT: port(7791),
})

/** The mail outbox's settings, which the launcher gives it. Throws BadConfig. */
function readConfig(environment: Environment): z.output<typeof Schema> {
  return readSettings('mail-outbox', Schema, environment)
}

// The mail outbox as a separate process, like a real mail server.
await runMain('mail-outbox', async () => {
  const config = readConfig(process.env)
  const outbox = await startOutbox({
    smtpPort: config.DROPLOCK_OUTBOX_SMTP_PORT,
    pagePort: config.DROPLOCK_OUTBOX_PAGE_PORT,
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void outbox.stop().then(() => process.exit(0)))
})
