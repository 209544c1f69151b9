import { join } from 'node:path'
import type { App } from './apps.ts'
import { type AssignedPort, portOf } from './assign-ports.ts'

const smtpPort = 'DROPLOCK_OUTBOX_SMTP_PORT'
const pagePort = 'DROPLOCK_OUTBOX_PAGE_PORT'
const host = '127.0.0.1'

/** A mail server that delivers nothing and shows everything: no app of ours, so it is up before them. */
export const mailOutbox: App = {
  name: 'mail',
  main: join(import.meta.dirname, '..', 'outbox', 'main.ts'),
  stage: 0,
  ports: [
    { variable: smtpPort, first: 7790 },
    { variable: pagePort, first: 7791, isHealth: true },
  ],
  env: {},
}

/** How the apps send through it, and where a reader opens the console; nothing when it was not started. */
export function outboxEnvironment(ports: readonly AssignedPort[]): Record<string, string> {
  const port = portOf(ports, smtpPort)
  const console = ports.find(({ app, variable }) => app === 'console-api' && variable === 'PORT')?.port
  if (port === undefined) return {}
  return {
    DROPLOCK_SMTP_URL: `smtp://${host}:${port}`,
    DROPLOCK_MAIL_FROM: 'Droplock <droplock@droplock.example>',
    ...(console !== undefined && { DROPLOCK_CONSOLE_URL: `http://${host}:${console}` }),
  }
}

/** Where its page is; nothing when it was not started. */
export function outboxUrl(ports: readonly AssignedPort[]): string | undefined {
  const port = portOf(ports, pagePort)
  return port === undefined ? undefined : `http://${host}:${port}`
}
