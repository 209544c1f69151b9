import type { Output } from '../launch/output.ts'
import type { Places } from './places.ts'
import type { AdminCommand } from './run-admin-command.ts'

/** What every step is given. */
export type Run = {
  readonly places: Places
  readonly admin: AdminCommand
  /** The same, through npm. */
  readonly npmAdmin: AdminCommand
  readonly tally: Tally
  readonly stop: AbortSignal
}

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** What was shown, and what was not. */
export type Tally = {
  /** Counts and says whether it is so. */
  readonly check: (what: string, isSo: boolean) => void
  /** Says what cannot be shown here. */
  readonly skip: (what: string) => void
  readonly counts: () => Counts
}

export function openTally({ say }: Output): Tally {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  return {
    check: (what, isSo) => {
      counts[isSo ? 'passed' : 'failed'] += 1
      say(`${isSo ? 'ok' : 'FAILED'}: ${what}`)
    },
    skip: (what) => {
      counts.skipped += 1
      say(`skipped: ${what}`)
    },
    counts: () => counts,
  }
}
