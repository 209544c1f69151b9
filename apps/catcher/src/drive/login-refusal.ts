import { wasClosedByPerson } from '@droplock/core/alarms/close'
import { clearAlarms, raiseAlarms } from '@droplock/core/alarms/raise'
import { isConnectionTestRequested } from '@droplock/core/connection-tests/carry-out'
import type { Context } from '@droplock/core/context'
import { databaseTime } from '@droplock/core/database/time'
import type { Logger } from '@droplock/observability/logger'
import { pause } from '../loops.ts'

/** How often to check whether an operator has closed the alarm. */
const CHECK_MS = 2_000

type Refused = {
  readonly ctx: Context
  readonly log: Logger
  readonly accountId: string
}

/**
 * After a permanent login refusal: raises an alarm and waits until an operator has closed it. Registries lock
 * accounts for repeated wrong passwords, so nothing is tried before that, or before a test of the connection is requested. Resolves then,
 * or when the signal aborts.
 */
export async function waitForOperator(on: Refused, code: number, signal: AbortSignal): Promise<void> {
  const alarm = alarmOf(on.accountId)
  let since: Date | undefined
  while (!signal.aborted) {
    try {
      since ??= await raise(on, code)
      if (await wasClosedByPerson(on.ctx, alarm, since)) return
      if (await isConnectionTestRequested(on.ctx, on.accountId)) return
    } catch (error) {
      on.log.warn({ event: 'account.alarm_failed', err: error })
    }
    await pause(CHECK_MS, signal)
  }
}

/** The login was accepted. */
export async function clearRefusal({ ctx, accountId }: Refused): Promise<void> {
  await clearAlarms(ctx, [alarmOf(accountId)])
}

async function raise({ ctx, accountId }: Refused, code: number): Promise<Date> {
  const raisedAt = await databaseTime(ctx.db)
  await raiseAlarms(ctx, [{ ...alarmOf(accountId), facts: { code } }])
  return raisedAt
}

function alarmOf(subject: string) {
  return { kind: 'login_refused', subject } as const
}
