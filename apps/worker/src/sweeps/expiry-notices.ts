import type { Context } from '@droplock/core/context'
import { notifyExpiry } from '@droplock/core/registrations/notify-expiry'
import { drain, type Job } from '../jobs/jobs.ts'

/** Tells holders, a month and a week before, that their names expire and are not being renewed. */
export function expiryNoticeJob(ctx: Context, everyMs: number): Job {
  const run = async (signal: AbortSignal) => {
    const notified = await drain(() => notifyExpiry(ctx), signal)
    return notified === 0 ? undefined : { notified }
  }
  return { name: 'registrations.notify_expiry', everyMs, run }
}
