import { settleChange } from '@droplock/core/registrations/settle-request'
import type { DueChange } from '@droplock/core/registry-requests/claim-due'
import { recordUnfinished } from '@droplock/core/registry-requests/record'
import { infoDomain } from '@droplock/epp/commands/domain'
import type { DomainInfo } from '@droplock/rules/ports/registrar'
import { type ChangeVerdict, interpretChange } from '@droplock/rules/registrations/change'
import { describeRegistration, type HeldAnswer, judgeHeld } from '@droplock/rules/registrations/held'
import { type DecidingResult, guard, heldContext, NO_RESULT, resultOf, type Serving } from './serving.ts'

// What all changes of registrations have in common: `info` first, and one settlement.

/** Asks the registry for the registration. */
export async function queryHeld(on: Serving, { name, crDate }: DueChange): Promise<HeldAnswer> {
  const answer = await on.pool.send(infoDomain(name), on.newClTRID(), guard(on))
  return judgeHeld(answer, { name, crDate, clid: on.account.clid })
}

/** Settles the change as done, with what the registry showed after it. */
export async function succeedChange(
  on: Serving,
  request: DueChange,
  info: DomainInfo,
  result: DecidingResult = NO_RESULT,
  secretId?: string,
): Promise<void> {
  const settled = await settleChange(heldContext(on), {
    ...subject(request),
    ...result,
    outcome: 'succeeded',
    confirmed: describeRegistration(info),
    ...(secretId !== undefined && { secretId }),
  })
  log(on, request, 'succeeded', settled)
}

/** Settles an update by its answer and by what the registry shows after it; `isDone`: whether that is what is wanted. */
export async function settleUpdate(
  on: Serving,
  request: DueChange,
  answer: Parameters<typeof interpretChange>[0],
  isDone: (info: DomainInfo) => boolean,
): Promise<void> {
  const result = resultOf(answer)
  const verdict = interpretChange(answer)
  if (verdict.kind === 'retry' || verdict.kind === 'ambiguous')
    return postponeChange(on, request, verdict, result)
  // After a refusal too: an earlier update may have been carried out late.
  const held = await queryHeld(on, request)
  if (held.kind === 'held' && isDone(held.info)) return succeedChange(on, request, held.info, result)
  if (verdict.kind === 'refused') return refuseChange(on, request, verdict, result)
  const reason = 'info does not show the change yet'
  return postponeChange(on, request, { kind: 'ambiguous', reason }, result)
}

/** Settles the change as failed because the name is not ours, or as the registry could not be asked for too long. */
export async function failChange(
  on: Serving,
  request: DueChange,
  reason: 'not_held' | 'unavailable',
): Promise<void> {
  const settled = await settleChange(heldContext(on), {
    ...subject(request),
    ...NO_RESULT,
    outcome: 'failed',
    reason,
  })
  log(on, request, reason, settled)
}

/** Settles the change as refused, with what the registry said. */
export async function refuseChange(
  on: Serving,
  request: DueChange,
  { code, message }: Extract<ChangeVerdict, { kind: 'refused' }>,
  { svTRID }: DecidingResult,
): Promise<void> {
  const settled = await settleChange(heldContext(on), {
    ...subject(request),
    code,
    svTRID,
    outcome: 'failed',
    reason: 'refused',
    message,
  })
  log(on, request, 'refused', settled)
}

/** Leaves the change for a later try. What was certainly without effect for days is given up; what may have had one never is. */
export async function postponeChange(
  on: Serving,
  request: DueChange,
  verdict: { readonly kind: 'retry' | 'ambiguous' | 'undecided'; readonly reason: string },
  result: DecidingResult = NO_RESULT,
): Promise<void> {
  on.log.warn({ event: 'registration_request.postponed', request_id: request.changeId, ...verdict })
  const isCertain = verdict.kind === 'retry' || (verdict.kind === 'undecided' && !request.inDoubt)
  if (request.isOverdue && isCertain) return failChange(on, request, 'unavailable')
  const unfinished = verdict.kind === 'retry' ? { event: 'clear' as const } : {}
  await recordUnfinished(heldContext(on), request.id, { ...unfinished, ...result })
}

function subject({ id, changeId, registrationId }: DueChange) {
  return { requestId: id, changeId, registrationId }
}

function log(on: Serving, { changeId, change, name }: DueChange, outcome: string, settled: boolean): void {
  on.log.info({
    event: 'registration_request.settled',
    request_id: changeId,
    kind: change,
    name,
    outcome,
    settled,
  })
}
