import { findMissingContacts } from '@droplock/core/account-contacts/find-missing'
import {
  findUncaughtTargets,
  findUnconfirmedSuspects,
  findUndecidedTargets,
  findUnheldLeases,
} from '@droplock/core/alarms/find'
import { followAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import { findOffSchedule } from '@droplock/core/observed/find-off-schedule'
import { findOverdueDeletions } from '@droplock/core/registrations/find-overdue-deletions'
import { findLateLists } from '@droplock/core/sources/find-late'
import type { Job } from '../jobs/jobs.ts'

export type AlarmRule = {
  readonly everyMs: number
  /** A target may be undecided so long after its grace: a catcher asks for it within seconds. Milliseconds. */
  readonly undecidedAfterMs: number
}

/**
 * Finds what cannot report itself: a catcher that is frozen or dead, a target that nothing decides, a list that is late. Every worker
 * runs these: an alarm that one raised is seen again, or closed, by another.
 */
export function alarmSweeps(ctx: Context, { everyMs, undecidedAfterMs }: AlarmRule): readonly Job[] {
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
    {
      name: 'sweep.uncaught',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'target_uncaught', await findUncaughtTargets(ctx))
        return undefined
      },
    },
    {
      name: 'sweep.suspects',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'suspect_unconfirmed', await findUnconfirmedSuspects(ctx))
        return undefined
      },
    },
    {
      name: 'sweep.contacts',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'contact_missing', await findMissingContacts(ctx))
        return undefined
      },
    },
    {
      name: 'sweep.drift',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'drop_off_schedule', await findOffSchedule(ctx))
        return undefined
      },
    },
    {
      name: 'sweep.deletions',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'deletion_overdue', await findOverdueDeletions(ctx))
        return undefined
      },
    },
    {
      name: 'sweep.lists',
      everyMs,
      run: async () => {
        await followAlarms(ctx, 'list_late', await findLateLists(ctx))
        return undefined
      },
    },
  ]
}

/** Raises an alarm for a lease that is unheld in two runs in a row: during a takeover or a restart it is unheld for a moment. */
function leaseWatch(ctx: Context): Job['run'] {
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
