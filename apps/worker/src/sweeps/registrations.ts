import { notifyMissingContacts } from '@droplock/core/account-contacts/notify-missing'
import { requestHandlesOfOrders } from '@droplock/core/account-contacts/request-handles'
import type { Context } from '@droplock/core/context'
import { notifyExpiry } from '@droplock/core/registrations/notify-expiry'
import { requestDeletions } from '@droplock/core/registrations/request-deletions'
import { drain, type Job } from '../jobs/jobs.ts'

/**
 * Requests the contacts that secured orders name at their registries, long before the cut-off, and notifies the holders whose contacts
 * were refused, or are not made as the cut-off comes near.
 */
export function contactJob(ctx: Context, everyMs: number): Job {
  const run = async (signal: AbortSignal) => {
    const requested = await drain(() => requestHandlesOfOrders(ctx), signal)
    const refused = await drain(() => notifyMissingContacts(ctx, 'failed'), signal)
    const pending = await drain(() => notifyMissingContacts(ctx, 'pending'), signal)
    const notified = refused + pending
    return requested + notified === 0 ? undefined : { requested, notified }
  }
  return { name: 'contacts.request', everyMs, run }
}

/**
 * Notifies holders, a month and a week before and at their expiry, that their names are not being renewed, and requests the deletion of those that can
 * no longer be renewed.
 */
export function expiryJobs(ctx: Context, everyMs: number): readonly Job[] {
  const notify = async (signal: AbortSignal) => {
    const notified = await drain(() => notifyExpiry(ctx), signal)
    return notified === 0 ? undefined : { notified }
  }
  const remove = async (signal: AbortSignal) => {
    const requested = await drain(() => requestDeletions(ctx), signal)
    return requested === 0 ? undefined : { requested }
  }
  return [
    { name: 'registrations.notify_expiry', everyMs, run: notify },
    { name: 'registrations.request_deletions', everyMs, run: remove },
  ]
}
