import type { Logger } from './logger.ts'

export type Fields = Readonly<Record<string, unknown>>

/**
 * One log event for a whole piece of work: fields are gathered while it runs, and one line is written when it ends. An error
 * belongs to the event of the work that it ended, so it is logged once.
 */
export type WideEvent = {
  add(fields: Fields): void
  /** Makes it an error event. */
  fail(error: unknown): void
  /** Writes the line, with `duration_ms`. Only the first call does. */
  end(): void
}

/** Starts an event named `event`. `monotonicMs` is the clock its duration is measured with. */
export function wideEvent(
  logger: Logger,
  event: string,
  monotonicMs: () => number = () => performance.now(),
): WideEvent {
  const startedMs = monotonicMs()
  const fields: Record<string, unknown> = {}
  let ended = false
  return {
    add: (more) => {
      Object.assign(fields, more)
    },
    fail: (error) => {
      fields['err'] = error
    },
    end: () => {
      if (ended) return
      ended = true
      const durationMs = Math.round((monotonicMs() - startedMs) * 1_000) / 1_000
      logger['err' in fields ? 'error' : 'info']({ event, ...fields, duration_ms: durationMs })
    },
  }
}
