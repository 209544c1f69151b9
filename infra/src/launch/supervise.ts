import { setTimeout as wait } from 'node:timers/promises'
import { afterExit, killGroup } from '../processes/identity.ts'
import type { Patience } from '../processes/watch-answers.ts'
import { type Command, drain, type Running, runApp, type SuperviseOptions } from './run-app.ts'

/** How the first start of an app went. */
export type FirstStart =
  | { readonly kind: 'up' }
  | { readonly kind: 'port_taken'; readonly name: string; readonly port: number }
  /** It failed again and again, or did not listen in time; it is still being started again. */
  | { readonly kind: 'failing'; readonly name: string; readonly how: string }
export type Supervised = {
  /** Resolves once it listens, or it is clear that this does not come soon. */
  readonly firstStart: Promise<FirstStart>
  /** Rejects when the app has failed `failuresMax` times in a row. Never resolves. */
  readonly givenUp: Promise<never>
  /** Its process as it runs now; undefined between two starts. */
  readonly pid: () => number | undefined
  /** Kills its process, as a fault does, and waits until it is gone. It is started again at once, and this is no failure of it. */
  readonly kill: () => Promise<void>
  /** Asks it to drain, waits, and kills what is left. */
  readonly stop: () => Promise<void>
}

/** After so many failures in a row an app is not waited for any longer. */
const failuresUntilFailing = 3
/**
 * An app blocked for so long (1 + 3 s, five times) is stuck: no list and no page takes a fifth of it, and a catcher's lease is
 * over twice.
 */
const patienceDefault: Patience = { everyMs: 1_000, answerMsMax: 3_000, missesMax: 5 }
const sMs = 1_000

/**
 * Keeps an app running: it is started again, with longer and longer pauses, after it ended by itself, and ended first when it
 * lives and does not answer.
 */
export function supervise(command: Command, options: SuperviseOptions): Supervised {
  const { name } = command
  const { output, failuresMax = Number.POSITIVE_INFINITY, patience = patienceDefault } = options
  const { promise: givenUp, reject: giveUp } = Promise.withResolvers<never>()
  // Without a listener it must not end the launcher as an unhandled rejection.
  givenUp.catch(() => undefined)
  const { promise: firstStart, resolve: started } = Promise.withResolvers<FirstStart>()
  const stopping = new AbortController()
  let current: Running | undefined
  let isOurKill = false

  const keep = async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      current = runApp(command, { ...options, patience })
      void current.listening.then(() => started({ kind: 'up' }))
      void current.portTaken.then((port) => started({ kind: 'port_taken', name, port }))
      const { how, ranMs } = await current.exited
      if (stopping.signal.aborted) return
      if (isOurKill) {
        isOurKill = false
        failures = 0
        continue
      }
      const next = afterExit(failures, ranMs)
      failures = next.failures
      if (failures >= failuresMax)
        return giveUp(new Error(`${name} failed ${failures} times in a row, last with ${how}`))
      if (failures >= failuresUntilFailing) started({ kind: 'failing', name, how })
      const inARow = failures > 1 ? ` (${failures} failures in a row)` : ''
      output.say(`${name} ended with ${how}${inARow}; starting it again in ${next.waitMs / sMs} s`)
      await wait(next.waitMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const kept = keep()
  const kill = async () => {
    const pid = current?.child.pid
    if (current === undefined || pid === undefined) return
    if (current.child.exitCode !== null || current.child.signalCode !== null) return
    isOurKill = true
    killGroup(pid)
    await current.exited
  }
  const stop = async () => {
    stopping.abort()
    if (current !== undefined) await drain(current, options)
    await kept
  }
  return { firstStart, givenUp, pid: () => current?.child.pid, kill, stop }
}
