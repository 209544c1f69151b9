/** An app that ran this long was well; its next end is a new story. */
const steadyMs = 30_000
const firstWaitMs = 200
const waitMsMax = 5_000
/** An app that fails so often in a row will not get better by itself. */
const failuresMax = 6

/** What to do about an app that ended by itself. `failures` counts those in a row, this one included. */
export type AfterExit =
  | { readonly kind: 'restart'; readonly failures: number; readonly waitMs: number }
  | { readonly kind: 'give_up'; readonly failures: number }

/** `failuresBefore` in a row before this end, `ranMs` since the last start. */
export function afterExit(failuresBefore: number, ranMs: number): AfterExit {
  const failures = ranMs >= steadyMs ? 1 : failuresBefore + 1
  if (failures >= failuresMax) return { kind: 'give_up', failures }
  return { kind: 'restart', failures, waitMs: Math.min(firstWaitMs * 2 ** (failures - 1), waitMsMax) }
}
