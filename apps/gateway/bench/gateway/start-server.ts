import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** How often a starting server is tried, and for how long. */
const TRY_MS = 50
const START_MS_MAX = 20_000

export type StartedServer = {
  readonly url: string
  readonly signal: (signal: NodeJS.Signals) => void
  /** Ends it, and waits until it has. */
  readonly stop: () => Promise<void>
}

/** Starts a file of this folder, or of the gateway, in a process of its own, its log thrown away. Throws when it does not answer. */
export async function startServer(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<StartedServer> {
  const port = await freePort()
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, [...args, path], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env, PORT: String(port) },
  })
  const ended = once(child, 'exit')
  process.once('exit', () => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  const until = performance.now() + START_MS_MAX
  while (!(await answers(url))) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`${file} does not answer`)
    }
    await wait(TRY_MS)
  }
  return {
    url,
    signal: (signal) => void child.kill(signal),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
