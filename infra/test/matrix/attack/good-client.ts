import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What a customer or operator does meanwhile, one request after the other. */
export type GoodWork = {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

const Figures = z.object({
  asked: z.number(),
  /** What was not answered with 2xx, and how often. */
  refused: z.record(z.string(), z.number()),
  p50Ms: z.number(),
  p99Ms: z.number(),
})

export type GoodFigures = z.output<typeof Figures>

/** A client that behaves well, as a process of its own: what attackers send does not delay it in its own event loop. */
export type GoodClient = {
  /** What it saw since the last call; waits for some answers. */
  readonly take: () => Promise<GoodFigures>
  readonly stop: () => Promise<void>
}

export function startGoodClient(work: GoodWork): GoodClient {
  const file = fileURLToPath(new URL('good-client-process.ts', import.meta.url))
  // Not the options of a test runner.
  const child = fork(file, [JSON.stringify(work)], { execArgv: [] })
  return {
    take: async () => {
      if (!child.connected)
        throw new Error(`the good client of ${work.url} ended with ${child.exitCode ?? child.signalCode}`)
      const answered = once(child, 'message')
      child.send('take')
      return Figures.parse((await answered)[0])
    },
    stop: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
