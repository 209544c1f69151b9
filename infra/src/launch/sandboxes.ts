import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { App } from './apps.ts'
import { type AssignedPort, portOf } from './assign-ports.ts'

export const sandboxPort = 'DROPLOCK_SANDBOX_PORT'
const host = '127.0.0.1'

/** The sandbox payment provider: no app of ours, so it is up before them, like the registries. */
export const paymentSandbox: App = {
  name: 'payments',
  main: join(import.meta.dirname, '..', 'sandbox', 'main.ts'),
  stage: 0,
  ports: [{ variable: sandboxPort, first: 7780, isHealth: true }],
  env: {},
}

/**
 * The sandbox provider's books go with the database: what was paid is known to both, or to neither. A database of yours has
 * books of its own, wherever this launcher finds it again; the embedded one has no `databaseUrl`.
 */
export function booksIn(folder: string, databaseUrl?: string): string {
  const embedded = join(folder, 'payment-sandbox')
  if (databaseUrl === undefined) return embedded
  return `${embedded}-${createHash('sha256').update(databaseUrl).digest('hex').slice(0, 16)}`
}

/** How the apps find it, and it finds the gateway. Its keys are made for each launch, as no other program needs them. */
export function sandboxEnvironment(
  ports: readonly AssignedPort[],
  mode: 'live' | 'test',
  folder: string,
): Record<string, string> {
  const gateway = ports.find(({ app }) => app === 'gateway')?.port
  const url = sandboxUrl(ports)
  if (url === undefined || gateway === undefined) return {}
  return {
    DROPLOCK_SANDBOX_URL: url,
    DROPLOCK_SANDBOX_API_KEY: randomUUID(),
    DROPLOCK_SANDBOX_WEBHOOK_SECRET: randomUUID(),
    DROPLOCK_SANDBOX_WEBHOOK_URL: `http://${host}:${gateway}/webhooks/payments/${mode}`,
    DROPLOCK_SANDBOX_FOLDER: folder,
  }
}

/** Where it answers; nothing when it was not started. */
export function sandboxUrl(ports: readonly AssignedPort[]): string | undefined {
  const port = portOf(ports, sandboxPort)
  return port === undefined ? undefined : `http://${host}:${port}`
}

const smtpPort = 'DROPLOCK_OUTBOX_SMTP_PORT'
const pagePort = 'DROPLOCK_OUTBOX_PAGE_PORT'

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
    DROPLOCK_SMTP_URL: `smtp://127.0.0.1:${port}`,
    DROPLOCK_MAIL_FROM: 'Droplock <droplock@droplock.example>',
    ...(console !== undefined && {
      DROPLOCK_CONSOLE_URL: `http://127.0.0.1:${console}`,
      PUBLIC_ORIGIN: `http://127.0.0.1:${console}`,
    }),
  }
}

/** How the marketplace finds the gateway, and where a reader opens its pages. */
export function pagesEnvironment(ports: readonly AssignedPort[]): Record<string, string> {
  const portOfApp = (name: string) =>
    ports.find(({ app, variable }) => app === name && variable === 'PORT')?.port
  const [gateway, marketplace] = [portOfApp('gateway'), portOfApp('marketplace')]
  if (gateway === undefined || marketplace === undefined) return {}
  return {
    GATEWAY_URL: `http://${host}:${gateway}`,
    MARKETPLACE_ORIGIN: `http://${host}:${marketplace}`,
    DROPLOCK_SUPPORT_MAIL: 'help@droplock.example',
  }
}

/** Settings of the gateway: the marketplace asks it for people elsewhere, and is believed where they are. */
export function trustedByGateway(given: string | undefined): Record<string, string> {
  return { TRUSTED_PROXIES: given === undefined || given === '' ? host : `${given},${host}` }
}

/** Where its page is; nothing when it was not started. */
export function outboxUrl(ports: readonly AssignedPort[]): string | undefined {
  const port = portOf(ports, pagePort)
  return port === undefined ? undefined : `http://127.0.0.1:${port}`
}
