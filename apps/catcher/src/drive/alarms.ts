import { clearAlarms, type RaiseAlarm, raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'

/** How often a continuing alarm is written again, so that operators see that it continues. */
const REPEAT_MS = 15_000

/** An alarm that was not raised again for this long is dropped from memory. Its row stays. */
const FORGET_MS = 600_000

/**
 * The alarms during one lease, on their way to the database. The hot path only sets their state; `flush` writes it. Alarms of a
 * predecessor are cleared too: the first clearing of an alarm is always written.
 */
export type Alarms = {
  readonly raise: (alarm: RaiseAlarm) => void
  readonly clear: (alarm: Pick<RaiseAlarm, 'kind' | 'subject'>) => void
  /** Writes the changes. Throws the database's errors and keeps the changes for the next call. */
  readonly flush: (ctx: Context) => Promise<void>
}

type Entry = {
  readonly alarm: RaiseAlarm
  readonly isRaised: boolean
  /** When it was raised or cleared last. */
  readonly atMs: number
  readonly writtenMs: number | null
}

export function createAlarms(monotonicMs: () => number): Alarms {
  const entries = new Map<string, Entry>()
  const set = (alarm: RaiseAlarm, isRaised: boolean) => {
    const key = `${alarm.kind} ${alarm.subject}`
    const known = entries.get(key)
    const same = known?.isRaised === isRaised
    if (same && !isRaised) return
    entries.set(key, { alarm, isRaised, atMs: monotonicMs(), writtenMs: same ? known.writtenMs : null })
  }
  return {
    raise: (alarm) => set(alarm, true),
    clear: (alarm) => set(alarm, false),
    flush: async (ctx) => {
      const nowMs = monotonicMs()
      for (const [key, { isRaised, atMs }] of entries)
        if (isRaised && nowMs - atMs > FORGET_MS) entries.delete(key)
      const due = [...entries].filter(([, entry]) => isDue(entry, nowMs))
      await raiseAlarms(
        ctx,
        due.flatMap(([, { isRaised, alarm }]) => (isRaised ? [alarm] : [])),
      )
      await clearAlarms(
        ctx,
        due.flatMap(([, { isRaised, alarm }]) => (isRaised ? [] : [alarm])),
      )
      // An alarm that was set again meanwhile has a new entry, which is written next time.
      for (const [key, entry] of due)
        if (entries.get(key) === entry) entries.set(key, { ...entry, writtenMs: nowMs })
    },
  }
}

/** A continuing alarm is one that was raised again since it was written. */
function isDue({ isRaised, atMs, writtenMs }: Entry, nowMs: number): boolean {
  if (writtenMs === null) return true
  return isRaised && atMs > writtenMs && nowMs - writtenMs >= REPEAT_MS
}
