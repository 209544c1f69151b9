import { startOutbox } from '@droplock/mail/outbox/outbox'
import { runMain } from '@droplock/settings/run-main'
import { readConfig } from './config.ts'

// The mail outbox as a process of its own: from the apps it is as far away as a real mail server.
await runMain('mail-outbox', async () => {
  const config = readConfig(process.env)
  const outbox = await startOutbox({
    smtpPort: config.DROPLOCK_OUTBOX_SMTP_PORT,
    pagePort: config.DROPLOCK_OUTBOX_PAGE_PORT,
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void outbox.stop().then(() => process.exit(0)))
})
