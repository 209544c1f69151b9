import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clone } from '@droplock/core/testing/clone-database'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { origin } from '../../../../apps/marketplace/test/support/processes.ts'
import { REGISTRY_ACCOUNT } from '../../../../packages/core/test/support/world.ts'
import { type Server, type ServerApp, startServer } from '../../doors/server.ts'

/** Every process that listens. */
export type Servers = {
  readonly of: Readonly<Record<ServerApp, Server>>
  /** Starts one more, with other settings. */
  readonly startAnother: (
    app: 'gateway' | 'console-api',
    settings: Readonly<Record<string, string>>,
  ) => Promise<Server>
}

const apiKey = 'a key of the sandbox'
export const webhookSecret = 'a secret of the sandbox'

/** 64 MiB: of an upload, and of a list. */
export const uploadBytesMax = 67_108_864
/** Six bombs at once are read to their ends, beside other tests too. Milliseconds. */
export const uploadMsMax = 120_000

/** Starts them on a database. They are stopped with `cleanup`. */
export async function startServers({ urls }: Clone, cleanup: AsyncDisposableStack): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-attack-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  // In place of the console's pages, which need not be built.
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>')
  const provider = await startSandboxProvider({ port: 0, laterMs: 'by_hand', apiKey, webhookSecret })
  cleanup.defer(() => provider.stop())
  const start = async (app: ServerApp, env: Readonly<Record<string, string>>): Promise<Server> => {
    const server = await startServer(app, env)
    cleanup.defer(() => server.stop())
    return server
  }
  const sandbox = {
    DROPLOCK_SANDBOX_URL: provider.url,
    DROPLOCK_SANDBOX_API_KEY: apiKey,
    DROPLOCK_SANDBOX_WEBHOOK_SECRET: webhookSecret,
  }
  const gatewayEnv = {
    DATABASE_URL: urls.gateway,
    DROPLOCK_WEBHOOK_SECRET_KEY: 'a key of the secrets of these endpoints',
    DROPLOCK_AUTH_CODE_SECRET: 'a secret of the auth codes of these registrations',
    ...sandbox,
  }
  const consoleEnv = { DATABASE_URL: urls.console_api, CONSOLE_FOLDER: folder, ...consoleLimits }
  const gateway = await start('gateway', gatewayEnv)
  const [consoleApi, marketplace, worker, catcher] = await Promise.all([
    start('console-api', consoleEnv),
    start('marketplace', { DATABASE_URL: urls.marketplace, GATEWAY_URL: gateway.url, ...marketplaceEnv }),
    start('worker', { DATABASE_URL: urls.worker, ...workerEnv, ...sandbox }),
    start('catcher', { DATABASE_URL: urls.catcher, DROPLOCK_JOURNAL_FOLDER: folder, ...catcherEnv }),
  ])
  return {
    of: { gateway, 'console-api': consoleApi, marketplace, worker, catcher },
    startAnother: (app, settings) =>
      start(app, { ...(app === 'gateway' ? gatewayEnv : consoleEnv), ...settings }),
  }
}

// Times are short, so that a run takes minutes.

const consoleLimits = {
  DROPLOCK_PUBLICATION: 'at_once',
  UPLOAD_BYTES_MAX: String(uploadBytesMax),
  UPLOAD_MS_MAX: String(uploadMsMax),
  WRITE_MS_MAX: '4000',
}

const marketplaceEnv = {
  DATABASE_MODE: 'test',
  MARKETPLACE_ORIGIN: origin,
  DROPLOCK_MARKETPLACE_SECRET: 'a secret of more than thirty-two characters',
  // Good people say where they are, as a proxy does; attackers are elsewhere.
  TRUSTED_PROXIES: '127.0.0.1',
}

const workerEnv = {
  DROPLOCK_HEALTH_PORT: '0',
  DROPLOCK_PUBLICATION: 'at_once',
  DROPLOCK_FEED_BYTES_MAX: String(uploadBytesMax),
  DROPLOCK_FEED_POLL_MS_MAX: '20000',
  // A source that has failed is left alone.
  DROPLOCK_FEED_POLL_MS: '300000',
}

const catcherEnv = {
  DROPLOCK_HEALTH_PORT: '0',
  // Of an account whose registry does not answer.
  DROPLOCK_EPP_CREDENTIALS: JSON.stringify({ [REGISTRY_ACCOUNT]: { password: 'unused-secret' } }),
}
