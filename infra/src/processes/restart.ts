/** What ran this long was well; its next end is a new story. */
const steadyMs = 30_000
const firstWaitMs = 200
/** A cause that passes by itself (a database that is away) is not waited for longer than this once it has passed. */
const waitMsMax = 30_000

/** What is known of something that ended by itself: how often in a row, this end included, and when it is started again. */
export type AfterExit = { readonly failures: number; readonly waitMs: number }

/** `failuresBefore` in a row before this end, `ranMs` since the last start. The pauses double. */
export function afterExit(failuresBefore: number, ranMs: number): AfterExit {
  const failures = ranMs >= steadyMs ? 1 : failuresBefore + 1
  return { failures, waitMs: Math.min(firstWaitMs * 2 ** (failures - 1), waitMsMax) }
}
