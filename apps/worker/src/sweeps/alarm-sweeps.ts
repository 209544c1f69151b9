import { findMissingContacts } from '@droplock/core/account-contacts/find-missing'
import {
  findUncaughtTargets,
  findUnconfirmedSuspects,
  findUndecidedTargets,
  findUnheldLeases,
} from '@droplock/core/alarms/find'
import { followAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import { findUnansweredDisputes } from '@droplock/core/disputes/find-unanswered'
import { findDropsInMaintenance, findExpiringPasswords } from '@droplock/core/maintenances'
import { findUndeliveredMails } from '@droplock/core/member-mails/undelivered'
import { findOffSchedule } from '@droplock/core/observed/find-off-schedule'
import { findOverdueDeletions } from '@droplock/core/registrations/find-overdue-deletions'
import { findStoppedRegistries } from '@droplock/core/registry-stops/read'
import { followMissingKeys } from '@droplock/core/secrets/find-missing'
import { findLateLists } from '@droplock/core/sources/find-late'
import type { WebhookSecretKeys } from '@droplock/core/webhook-endpoints/secret'
import type { AlarmKind } from '@droplock/rules/alarms'
import type { Job } from '../jobs/jobs.ts'

export type AlarmRule = {
  readonly everyMs: number
  /** A target may be undecided so long after its grace: a catcher asks for it within seconds. Milliseconds. */
  readonly undecidedAfterMs: number
  /** From which the secrets of accounts' webhook endpoints are derived. */
  readonly webhookKeys?: WebhookSecretKeys | undefined
}

/**
 * Finds what cannot report itself: a catcher that is frozen or dead, a target that nothing decides, a list that is late. Every worker
 * runs these: an alarm that one raised is seen again, or closed, by another.
 */
export function alarmSweeps(
  ctx: Context,
  { everyMs, undecidedAfterMs, webhookKeys }: AlarmRule,
): readonly Job[] {
  const follow = (
    name: string,
    kind: AlarmKind,
    find: () => ReturnType<typeof findUncaughtTargets>,
  ): Job => ({
    name,
    everyMs,
    run: async () => {
      await followAlarms(ctx, kind, await find())
      return undefined
    },
  })
  return [
    { name: 'sweep.leases', everyMs, run: leaseWatch(ctx) },
    { name: 'sweep.keys', everyMs, run: keyWatch(ctx, webhookKeys) },
    follow('sweep.undecided', 'target_undecided', () => findUndecidedTargets(ctx, undecidedAfterMs)),
    follow('sweep.uncaught', 'target_uncaught', () => findUncaughtTargets(ctx)),
    follow('sweep.suspects', 'suspect_unconfirmed', () => findUnconfirmedSuspects(ctx)),
    follow('sweep.contacts', 'contact_missing', () => findMissingContacts(ctx)),
    follow('sweep.drift', 'drop_off_schedule', () => findOffSchedule(ctx)),
    follow('sweep.deletions', 'deletion_overdue', () => findOverdueDeletions(ctx)),
    follow('sweep.disputes', 'dispute_unanswered', () => findUnansweredDisputes(ctx)),
    follow('sweep.mails', 'mail_undelivered', () => findUndeliveredMails(ctx)),
    follow('sweep.lists', 'list_late', () => findLateLists(ctx)),
    follow('sweep.maintenance', 'drop_in_maintenance', () => findDropsInMaintenance(ctx)),
    follow('sweep.stops', 'registry_stopped', () => findStoppedRegistries(ctx)),
    follow('sweep.passwords', 'password_expires', () => findExpiringPasswords(ctx)),
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

function keyWatch(ctx: Context, keys: WebhookSecretKeys | undefined): Job['run'] {
  return async () => {
    await followMissingKeys(ctx, 'DROPLOCK_WEBHOOK_SECRET_KEY', keys)
    return undefined
  }
}
