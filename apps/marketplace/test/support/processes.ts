import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { AppUrls } from '@droplock/core/database/app-roles'
import { onTestFinished } from 'vitest'
import { listeningAt } from '../../../../packages/http/test/support/listening-at.ts'

const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** As in the browser's address bar; where the process listens is another matter. */
export const origin = 'http://pages.test'

export type Process = { readonly url: string; readonly child: ChildProcess }

/** Starts the marketplace as it is run. It is killed at the end of the test. */
export async function startMarketplace(
  urls: AppUrls,
  gatewayUrl: string,
  settings: Record<string, string> = {},
): Promise<Process> {
  const child = spawn(process.execPath, [mainFile], {
    env: {
      DATABASE_URL: urls.marketplace,
      DATABASE_MODE: 'test',
      MARKETPLACE_ORIGIN: origin,
      GATEWAY_URL: gatewayUrl,
      DROPLOCK_MARKETPLACE_SECRET: 'a secret of more than thirty-two characters',
      PORT: '0',
      // The tests say where a browser is, as a proxy before the marketplace does.
      TRUSTED_PROXIES: '127.0.0.1',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { url: await listeningAt(child), child }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
