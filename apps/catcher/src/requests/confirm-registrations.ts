import {
  type DueRegistration,
  findDueRegistrations,
  recordConfirmation,
} from '@droplock/core/registrations/confirm'
import { infoDomain } from '@droplock/epp/commands/domain'
import { judgeHeld } from '@droplock/rules/registrations/held'
import { askUntil, type QuestionRule } from './questions.ts'
import { guard, heldContext, type Serving } from './serving.ts'

/** Registrations that are read from the database at a time. */
const REGISTRATIONS_PER_BATCH_MAX = 20

/**
 * Asks the registry about what we hold there until the signal aborts: outside fire windows only, spaced, within the same share of the
 * account's rate as other questions. A question that fails is logged and asked again.
 */
export function confirmRegistrationsUntil(
  on: Serving,
  rule: QuestionRule,
  signal: AbortSignal,
): Promise<void> {
  return askUntil(on, rule, signal, {
    due: () => findDueRegistrations(on.ctx, on.account.id, REGISTRATIONS_PER_BATCH_MAX),
    ask: (due) => ask(on, due),
    failed: 'registration.not_confirmed',
  })
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
