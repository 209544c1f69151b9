import type { Context } from '@droplock/core/context'
import { openRun, PROGRESS_EVERY_MS, type RunOpening, reportProgress } from '@droplock/core/lists/open-run'

/** Shows a list that is being fetched as a run, from its second second on. */
export type FetchTracker = {
  /** How many octets have come, and how many there will be. */
  readonly onOctets: (read: number, total: number | null) => void
  /** Stops reporting. The id of the run, where one was opened: it is `running`, and whoever asks sees to its end. */
  readonly stop: () => Promise<string | undefined>
}

/**
 * Opens a run once octets have come for a second, and then reports every second how many, and that this process is alive. Most lists
 * are fetched faster, and many turn out to be known: they leave no run.
 */
export function trackFetch(ctx: Context, opening: RunOpening): FetchTracker {
  const octets = { octetsRead: 0, octetsTotal: null as number | null }
  let runId: string | undefined
  let reporting = Promise.resolve()
  const report = async () => {
    if (octets.octetsRead === 0) return
    if (runId === undefined) {
      const id = ctx.newId()
      await openRun(ctx, id, opening)
      runId = id
    }
    await reportProgress(ctx, runId, { rowsRead: 0, ...octets })
  }
  // A database that is away for a moment costs a report.
  const tick = () => {
    reporting = reporting.then(report).catch(() => undefined)
  }
  const timer = setInterval(tick, PROGRESS_EVERY_MS).unref()
  return {
    onOctets: (read, total) => {
      octets.octetsRead = read
      octets.octetsTotal = total
    },
    stop: async () => {
      clearInterval(timer)
      await reporting
      return runId
    },
  }
}
