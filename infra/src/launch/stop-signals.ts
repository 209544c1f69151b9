import type { LaunchSignals } from './launch.ts'
import type { Output } from './output.ts'

/** One Ctrl-C arrives twice under npm: from the terminal and passed on by npm. */
const sameKeyMs = 750

/** The first SIGINT or SIGTERM drains, a later one hurries. */
export function stopSignals(output: Output): LaunchSignals {
  const drain = new AbortController()
  const hurry = new AbortController()
  let first: number | undefined
  const onSignal = () => {
    const now = performance.now()
    if (first === undefined) {
      first = now
      drain.abort()
    } else if (now - first > sameKeyMs && !hurry.signal.aborted) {
      output.say('hurrying: what has not ended is killed')
      hurry.abort()
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { drain: drain.signal, hurry: hurry.signal }
}
