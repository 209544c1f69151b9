import { setTimeout as wait } from 'node:timers/promises'
import type { Point } from './trend.ts'

export type Probe = { readonly points: readonly Point[]; failed: number }

/** So many reads in an hour as can be kept, and enough for a median of each minute. */
const PAUSE_MS = 250

/** Reads one thing again and again, one read at a time, and keeps how long each took, or counts that it failed. Ends when `signal` aborts. */
export function startProbe(url: string, apiKey: string, signal: AbortSignal): Probe {
  const points: Point[] = []
  const probe: Probe = { points, failed: 0 }
  const headers = { authorization: `Bearer ${apiKey}` }
  const run = async () => {
    for (;;) {
      await wait(PAUSE_MS, undefined, { signal })
      const fromMs = performance.now()
      const isRead = await readWhole(url, { headers, signal })
      if (isRead) points.push({ at: Date.now(), value: performance.now() - fromMs })
      else if (!signal.aborted) probe.failed += 1
    }
  }
  // Only a pause that is aborted rejects.
  run().catch(() => undefined)
  return probe
}

/** Whether it was answered, to the end. */
async function readWhole(url: string, init: RequestInit): Promise<boolean> {
  try {
    const response = await fetch(url, init)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
