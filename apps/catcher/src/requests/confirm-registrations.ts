import {
  type DueRegistration,
  findDueRegistrations,
  recordConfirmation,
} from '@droplock/core/registrations/confirm'
import { infoDomain } from '@droplock/epp/commands/domain'
import { judgeHeld } from '@droplock/rules/registrations/held'
import { pause } from '../loops.ts'
import { gapMsOf, mayAskNow, type QuestionRule } from './questions.ts'
import { guard, heldContext, type Serving } from './serving.ts'

/** Registrations that are read from the database at a time. */
const REGISTRATIONS_PER_BATCH_MAX = 20

/**
 * Asks the registry about what we hold there until the signal aborts: outside fire windows only, spaced, within the same share of the
 * account's rate as other questions. A question that fails is logged and asked again.
 */
export async function confirmRegistrationsUntil(
  on: Serving,
  rule: QuestionRule,
  signal: AbortSignal,
): Promise<void> {
  const mayAsk = () => !signal.aborted && mayAskNow(on, rule)
  while (!signal.aborted) {
    const asked = mayAsk() ? await askBatch(on, mayAsk, signal) : 0
    if (asked === 0) await pause(rule.everyMs, signal)
  }
}

/** Returns how many were asked. */
async function askBatch(on: Serving, mayAsk: () => boolean, signal: AbortSignal): Promise<number> {
  let asked = 0
  try {
    for (const due of await findDueRegistrations(on.ctx, on.account.id, REGISTRATIONS_PER_BATCH_MAX)) {
      if (!mayAsk() || !(await ask(on, due))) break
      asked += 1
      await pause(gapMsOf(on.account), signal)
    }
  } catch (error) {
    on.log.error({ event: 'registration.not_confirmed', err: error })
    return 0
  }
  return asked
}

/** False where nothing was sent: no session or no room. Then it is still due. */
async function ask(on: Serving, due: DueRegistration): Promise<boolean> {
  const answer = await on.pool.send(infoDomain(due.name), on.newClTRID(), guard(on))
  if (answer.kind === 'not_sent') return false
  const held = judgeHeld(answer, { ...due, clid: on.account.clid })
  await recordConfirmation(heldContext(on), due, held)
  on.log.info({
    event: 'registration.confirmed',
    name: due.name,
    result: held.kind,
    ...(held.kind === 'undecided' && { reason: held.reason }),
  })
  return true
}
