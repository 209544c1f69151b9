import type { LaunchSignals } from './launch.ts'
import type { Output } from './output.ts'

/** One Ctrl-C arrives twice under npm: from the terminal and passed on by npm. */
const sameKeyMs = 750
/** How often the launcher looks whether its parent still lives: a parent killed by -9 sends nothing. */
const parentLookMs = 200

/**
 * The first SIGINT, SIGTERM or SIGHUP (the terminal was closed) drains, a later one hurries. With `endsWithParent` the end of
 * the parent process drains too.
 */
export function stopSignals(output: Output, endsWithParent = false): LaunchSignals {
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
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  if (endsWithParent) drainWithoutParent(drain, output)
  return { drain: drain.signal, hurry: hurry.signal }
}

/** A process whose parent has ended is given another parent by the system. */
function drainWithoutParent(drain: AbortController, output: Output): void {
  const parent = process.ppid
  const looking = setInterval(() => {
    if (drain.signal.aborted) return clearInterval(looking)
    if (process.ppid === parent) return
    output.say('what started this launcher has ended')
    drain.abort()
  }, parentLookMs).unref()
}
