import { findUndecidedTargets } from '@droplock/core/alarms/find-undecided'
import { findUnheldLeases } from '@droplock/core/alarms/find-unheld'
import { followAlarms } from '@droplock/core/alarms/follow'
import type { Context } from '@droplock/core/context'
import type { Beat } from '../beats/keep-beat.ts'

export type AlarmRule = {
  readonly everyMs: number
  /** A target may be undecided so long after its grace: a catcher asks for it within seconds. Milliseconds. */
  readonly undecidedAfterMs: number
}

/**
 * What a catcher that is frozen, dead or at a loss cannot say itself. Every worker looks; what one raises another sees again, or
 * closes when it is over.
 */
export function alarmSweeps(ctx: Context, { everyMs, undecidedAfterMs }: AlarmRule): readonly Beat[] {
  return [
    { name: 'sweep.leases', everyMs, run: leaseWatch(ctx) },
    {
      name: 'sweep.undecided',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'target_undecided', await findUndecidedTargets(ctx, undecidedAfterMs))
        return undefined
      },
    },
  ]
}

/** A lease that is unheld in two looks running: between two catchers, or in a restart, it is for a moment. */
function leaseWatch(ctx: Context): Beat['run'] {
  let before: ReadonlySet<string> | undefined
  return async () => {
    const found = await findUnheldLeases(ctx)
    const known = before
    before = new Set(found.map(({ subject }) => subject))
    if (known === undefined) return undefined
    await followAlarms(
      ctx,
      'lease_unheld',
      found.filter(({ subject }) => known.has(subject)),
    )
    return undefined
  }
}
