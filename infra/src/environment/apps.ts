import { join } from 'node:path'
import type { Output } from '../launch/output.ts'
import { aborted } from '../launch/run-app.ts'
import { type FirstStart, type Supervised, supervise } from '../launch/supervise.ts'
import { repositoryRoot } from '../paths.ts'
import { waitUntil } from '../processes/wait-until.ts'

/** A process to be started. */
export type AppSpec = {
  readonly name: string
  readonly main: string
  readonly env: Readonly<Record<string, string>>
  /** It is up when it listens on all of them. */
  readonly ports: readonly number[]
}

export type Apps = {
  /** Starts the apps side by side, and waits until they listen. Rejects when one fails for good. */
  readonly start: (specs: readonly AppSpec[]) => Promise<void>
  /** The process of an app that was started. Throws where there is none. */
  readonly pidOf: (name: string) => number
  /** Kills an app, as a fault does; it is started again at once. Resolves when its process is gone. Throws where there is none. */
  readonly kill: (name: string) => Promise<void>
  /** Ends an app as a deploy does. Resolves when another process has its place. Throws where there is none, or none comes. */
  readonly replace: (name: string) => Promise<void>
  /** Rejects when an app has failed too often. Never resolves. */
  readonly failed: Promise<never>
  /** Drains them in the opposite order. */
  readonly stop: () => Promise<void>
}

const READY_MS_MAX = 60_000
/** A demo or a load test that has lost an app shows nothing any more. */
const FAILURES_MAX = 6
const DRAIN_MS_MAX = 8_000

/** The program of an app, of the release in that folder. */
export const mainOf = (app: string, release = repositoryRoot) => join(release, 'apps', app, 'src', 'main.ts')

/** The real apps, each a process of its own. They end with this process, however it ends. */
export function superviseApps(output: Output, stop: AbortSignal): Apps {
  const hurry = new AbortController()
  // Apps whose parent is gone end by themselves, so nothing has to be written down for a later run.
  const record = { started: () => undefined, ended: () => undefined }
  const options = {
    output,
    record,
    drainMsMax: DRAIN_MS_MAX,
    hurry: hurry.signal,
    failuresMax: FAILURES_MAX,
  }
  const groups: (readonly Supervised[])[] = []
  const byName = new Map<string, Supervised>()
  const { promise: failed, reject } = Promise.withResolvers<never>()
  failed.catch(() => undefined)

  const start = async (specs: readonly AppSpec[]) => {
    const group = specs.map((spec) => {
      const app = supervise(spec, options)
      app.givenUp.catch(reject)
      byName.set(spec.name, app)
      return app
    })
    groups.push(group)
    const signal = AbortSignal.any([stop, AbortSignal.timeout(READY_MS_MAX)])
    const started = Promise.all(group.map((app) => app.firstStart)).then(requireUp)
    await Promise.race([started, failed, aborted(signal).then(() => signal.throwIfAborted())])
    stop.throwIfAborted()
  }

  const stopAll = async () => {
    void aborted(AbortSignal.timeout(DRAIN_MS_MAX)).then(() => hurry.abort())
    for (const group of groups.toReversed()) await Promise.all(group.map((app) => app.stop()))
  }
  const kill = async (name: string) => {
    pidOf(name)
    await byName.get(name)?.kill()
  }
  const pidOf = (name: string) => {
    const pid = byName.get(name)?.pid()
    if (pid === undefined) throw new Error(`${name} does not run`)
    return pid
  }
  const replace = async (name: string) => {
    const pid = pidOf(name)
    process.kill(pid, 'SIGTERM')
    await waitUntil(`another process of ${name}`, READY_MS_MAX, stop, () => {
      const current = byName.get(name)?.pid()
      return current !== undefined && current !== pid
    })
  }
  return { start, pidOf, kill, replace, failed, stop: stopAll }
}

/** Throws when an app is not up. The output has what it said. */
function requireUp(starts: readonly FirstStart[]): void {
  for (const start of starts) {
    if (start.kind === 'failing') throw new Error(`${start.name} does not start: it ended with ${start.how}`)
    if (start.kind === 'port_taken')
      throw new Error(`another program took port ${start.port} from ${start.name}`)
  }
}
