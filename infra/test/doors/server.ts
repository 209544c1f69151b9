import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { listeningAt } from '../../../packages/http/test/support/listening-at.ts'

const Figures = z.object({
  heapBytes: z.number(),
  rssBytes: z.number(),
  delayP99Ms: z.number(),
  delayMaxMs: z.number(),
})

export type Figures = z.output<typeof Figures>

/** A server as a separate process, as in operation, but for `measure.mjs`. */
export type Server = {
  readonly url: string
  /** What it takes after a full collection, and how late its event loop ran since the last `reset`. */
  measure(ask: 'read' | 'reset'): Promise<Figures>
  readonly pid: number
  readonly isUp: () => boolean
  /** What it logged as errors. */
  readonly errors: () => readonly string[]
  stop(): Promise<void>
}

const measure = fileURLToPath(new URL('measure.mjs', import.meta.url))

/** Error lines kept; the first ones matter. */
const errorsMax = 100

export type ServerApp = 'gateway' | 'console-api' | 'marketplace' | 'worker' | 'catcher'

/** What an app logs once it answers: worker and catcher serve nothing but their health. */
const listeningLine: Readonly<Record<ServerApp, string>> = {
  gateway: 'listening',
  'console-api': 'listening',
  marketplace: 'listening',
  worker: 'health is served',
  catcher: 'health is served',
}

export async function startServer(
  app: ServerApp,
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const main = fileURLToPath(new URL(`../../../apps/${app}/src/main.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', '--import', measure, main], {
    env: { PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const errors: string[] = []
  const note = (line: string) => {
    if (line.includes('"level":"error"') && errors.length < errorsMax) errors.push(line)
  }
  const url = await listeningAt(child, note, listeningLine[app])
  const isUp = () => child.exitCode === null && child.signalCode === null
  return {
    url,
    pid: child.pid ?? 0,
    isUp,
    errors: () => errors,
    async measure(ask) {
      const answered = once(child, 'message')
      child.send(ask)
      return Figures.parse((await answered)[0])
    },
    async stop() {
      if (!isUp()) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
