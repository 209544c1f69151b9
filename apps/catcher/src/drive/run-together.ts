export type Loop = (signal: AbortSignal) => Promise<void>

/**
 * Runs loops until the signal aborts, or one of them ends or throws: then all are aborted. Resolves when every one has ended, and
 * rejects with what the first threw.
 */
export async function runTogether(loops: readonly Loop[], stop: AbortSignal): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([stop, over.signal])
  const failures: unknown[] = []
  const run = async (loop: Loop) => {
    try {
      await loop(signal)
    } catch (error) {
      failures.push(error)
    }
    over.abort()
  }
  await Promise.all(loops.map(run))
  if (failures.length > 0) throw failures[0]
}
