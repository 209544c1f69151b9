/** So long before a hold lapses its holder is told, or a third of its time if that is shorter. Milliseconds. */
export const HOLD_NOTICE_MS = 5 * 60_000
export const HOLD_NOTICE_SHARE = 1 / 3

/** So long before its cut-off the accounts that watch an open name are told. Seconds. */
export const WATCH_NOTICE_SECONDS = 3_600
