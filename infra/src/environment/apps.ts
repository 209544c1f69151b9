import { join } from 'node:path'
import type { Output } from '../launch/output.ts'
import { aborted } from '../launch/run-app.ts'
import { type FirstStart, type Supervised, supervise } from '../launch/supervise.ts'
import { repositoryRoot } from '../paths.ts'

export type AppOrder = {
  readonly name: string
  /** Of an app unless said otherwise. */
  readonly main?: string
  readonly env: Readonly<Record<string, string>>
  /** Where it listens, once it is up. */
  readonly ports: readonly number[]
}

export type Apps = {
  /** Starts the apps side by side, and waits until they listen. Rejects when one fails for good. */
  readonly start: (orders: readonly AppOrder[]) => Promise<void>
  /** Rejects when an app has failed too often. Never resolves. */
  readonly failed: Promise<never>
  /** Drains them in the opposite order. */
  readonly stop: () => Promise<void>
}

const readyMsMax = 30_000
/** A demo or a load test that has lost an app shows nothing any more. */
const failuresMax = 6
const drainMsMax = 8_000

const mainOf = (name: string) => join(repositoryRoot, 'apps', name, 'src', 'main.ts')

/** The demo's apps: the real ones, each a process of its own. They end with this process, however it ends. */
export function demoApps(output: Output, stop: AbortSignal): Apps {
  const hurry = new AbortController()
  // Apps whose parent is gone end by themselves, so nothing has to be written down for a later run.
  const record = { started: () => undefined, ended: () => undefined }
  const around = { output, record, drainMsMax, hurry: hurry.signal, failuresMax }
  const groups: (readonly Supervised[])[] = []
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => undefined)

  const start = async (orders: readonly AppOrder[]) => {
    const group = orders.map(({ name, env, ports, main = mainOf(name) }) => {
      const app = supervise({ name, main, env, ports }, around)
      app.givenUp.catch(reject)
      return app
    })
    groups.push(group)
    const signal = AbortSignal.any([stop, AbortSignal.timeout(readyMsMax)])
    const started = Promise.all(group.map((app) => app.firstStart)).then(requireUp)
    await Promise.race([started, failed, aborted(signal).then(() => signal.throwIfAborted())])
    stop.throwIfAborted()
  }

  const stopAll = async () => {
    void aborted(AbortSignal.timeout(drainMsMax)).then(() => hurry.abort())
    for (const group of groups.toReversed()) await Promise.all(group.map((app) => app.stop()))
  }
  return { start, failed, stop: stopAll }
}

/** Throws when an app is not up: what it says of itself stands in the output. */
function requireUp(starts: readonly FirstStart[]): void {
  for (const start of starts) {
    if (start.kind === 'failing') throw new Error(`${start.name} does not start: it ended with ${start.how}`)
    if (start.kind === 'port_taken')
      throw new Error(`another program took port ${start.port} from ${start.name}`)
  }
}
