import { randomUUID } from 'node:crypto'
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

/** How it is known to the apps, and the gateway to it. Its keys are made anew for each launch: nobody else needs them. */
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
