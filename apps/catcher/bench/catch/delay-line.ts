const SHORT_MS = 1
const pausing = new Int32Array(new SharedArrayBuffer(4))

/**
 * Delivers what is pushed in order, each `delayMs` later. Timers are exact to a millisecond; the rest of a wait that is shorter blocks
 * the thread, which costs no CPU. So a process should serve one line of long delays, or few short ones.
 */
export function makeDelayLine(delayMs: number): (deliver: () => void) => void {
  const queue: { readonly dueMs: number; readonly deliver: () => void }[] = []
  let isScheduled = false

  function pump(): void {
    isScheduled = false
    for (let [head] = queue; head !== undefined; [head] = queue) {
      const restMs = head.dueMs - performance.now()
      if (restMs >= SHORT_MS) {
        isScheduled = true
        setTimeout(pump, restMs)
        return
      }
      if (restMs > 0) Atomics.wait(pausing, 0, 0, restMs)
      queue.shift()
      head.deliver()
    }
  }

  return (deliver) => {
    queue.push({ dueMs: performance.now() + delayMs, deliver })
    if (isScheduled) return
    isScheduled = true
    // What else has arrived is stamped before anything blocks.
    setImmediate(pump)
  }
}
