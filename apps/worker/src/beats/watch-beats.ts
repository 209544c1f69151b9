import type { Beat } from './keep-beat.ts'

/** A sweep is late when it has not succeeded within this, or within so many of its intervals. */
const LATE_MS_MIN = 15_000
const INTERVALS_MAX = 10

export type BeatsView = {
  readonly ready: boolean
  /** The sweeps that did not succeed lately. */
  readonly late: readonly { readonly sweep: string; readonly lastMsAgo: number | null }[]
}

export type BeatWatch = {
  /** The same beat, whose successes are noted. */
  readonly watched: (beat: Beat) => Beat
  readonly view: () => BeatsView
}

/** Notes when each sweep last succeeded. Other beats wait for people outside, whose troubles are not this process's. */
export function watchBeats(monotonicMs: () => number): BeatWatch {
  const sweeps = new Map<string, { readonly lateMs: number; lastMs?: number }>()
  return {
    watched: (beat) => {
      if (!beat.name.startsWith('sweep.')) return beat
      const sweep: { readonly lateMs: number; lastMs?: number } = {
        lateMs: Math.max(LATE_MS_MIN, INTERVALS_MAX * beat.everyMs),
      }
      sweeps.set(beat.name, sweep)
      const run: Beat['run'] = async (signal) => {
        const fields = await beat.run(signal)
        sweep.lastMs = monotonicMs()
        return fields
      }
      return { ...beat, run }
    },
    view: () => {
      const late = [...sweeps].flatMap(([sweep, { lateMs, lastMs }]) => {
        const lastMsAgo = lastMs === undefined ? null : Math.round(monotonicMs() - lastMs)
        return lastMsAgo === null || lastMsAgo > lateMs ? [{ sweep, lastMsAgo }] : []
      })
      return { ready: sweeps.size > 0 && late.length === 0, late }
    },
  }
}
