import { recordAutoRenewal } from '@droplock/core/registrations/auto-renewal'
import type { DueRenewal } from '@droplock/core/registry-requests/claim-due'
import { recordSending, recordUnfinished } from '@droplock/core/registry-requests/record'
import { settleRenewal } from '@droplock/core/renewals/settle'
import { infoDomain } from '@droplock/epp/commands/domain'
import type { RenewalFailure } from '@droplock/rules/machines/renewal'
import { type HeldVerdict, interpretRenew, judgeRenewalInfo, yearsToRenew } from '@droplock/rules/renewals'
import { type DecidingResult, guard, heldContext, NO_RESULT, resultOf, type Serving } from './serving.ts'

/**
 * Carries out one renewal: asks the registry for the registration, and sends a renew only if that is ours and expires as we know,
 * with this expiry as the guard. What the registry has renewed by itself is a part of the order. After a renew with an unknown answer no
 * other is sent before `info` shows that it had no effect, and even then the guard would refuse a second one. RFC 5731 §3.2.3, ADR 28.
 */
export async function serveRenewal(on: Serving, request: DueRenewal): Promise<void> {
  return proceed(on, request, await queryRegistration(on, request))
}

async function proceed(on: Serving, request: DueRenewal, held: HeldVerdict): Promise<void> {
  if (held.kind === 'auto_renewed') {
    await recordAutoRenewal(heldContext(on), request.registrationId, held.autoRenewal)
    const { until } = held.autoRenewal
    return proceed(on, { ...request, autoRenewedUntil: until }, { kind: 'as_known', exDate: until })
  }
  if (held.kind === 'as_known') return extend(on, request, held.exDate)
  if (held.kind !== 'undecided') return decide(on, request, held, NO_RESULT)
  on.log.warn({ event: 'renewal.undecided', renewalId: request.renewalId, reason: held.reason })
  // While it is ambiguous the name may be renewed, so it is not refunded, however long that lasts.
  if (request.isOverdue && !request.inDoubt) return fail(on, request, 'unavailable', NO_RESULT)
  await recordUnfinished(heldContext(on), request.id, {})
}

/** Adds the years that are missing at the registry, if any are. */
async function extend(on: Serving, request: DueRenewal, exDate: Date): Promise<void> {
  const years = yearsToRenew(request.years, request.quotedExpiresAt, request.autoRenewedUntil)
  if (years === 0) return decide(on, request, { kind: 'renewed', expiresAt: exDate }, NO_RESULT)
  if (request.isOverdue) return fail(on, request, 'unavailable', NO_RESULT)
  return renew(on, request, { currentExDate: exDate, years })
}

async function queryRegistration(on: Serving, request: DueRenewal): Promise<HeldVerdict> {
  const answer = await on.pool.send(infoDomain(request.name), on.newClTRID(), guard(on))
  return judgeRenewalInfo(answer, { ...request, clid: on.account.clid })
}

type Extension = { readonly currentExDate: Date; readonly years: number }

async function renew(on: Serving, request: DueRenewal, { currentExDate, years }: Extension): Promise<void> {
  const { id, name } = request
  const clTRID = on.newClTRID()
  if (!(await recordSending(heldContext(on), id, clTRID))) return
  const answer = await on.pool.renew({ name, clTRID, currentExDate, years }, guard(on))
  const result = resultOf(answer)
  const verdict = interpretRenew(answer, name)
  switch (verdict.kind) {
    case 'renewed':
      on.alarms.clear(emptyDeposit(on))
      return decide(on, request, verdict, result)
    case 'refused':
      return confirmRefusal(on, request, result)
    case 'alarm':
      on.log.error({ event: 'account.alarm', alarm: verdict.alarm, code: verdict.code })
      if (verdict.alarm === 'deposit_empty')
        on.alarms.raise({ ...emptyDeposit(on), facts: { name, code: verdict.code } })
      return recordUnfinished(heldContext(on), id, { event: 'clear', ...result })
    case 'retry':
      return recordUnfinished(heldContext(on), id, { event: 'clear' })
    case 'ambiguous':
      on.log.warn({ event: 'renewal.in_doubt', renewalId: request.renewalId, reason: verdict.reason })
      return recordUnfinished(heldContext(on), id, result)
  }
}

/** The same alarm as that of creates: names and renewals are paid from one deposit. */
function emptyDeposit({ account }: Serving) {
  return { kind: 'deposit_empty', subject: account.id } as const
}

/** The renewal was refused, unless an earlier renew, or the registry by itself, moved the expiry and the guard caused the refusal. */
async function confirmRefusal(on: Serving, request: DueRenewal, result: DecidingResult): Promise<void> {
  const held = await queryRegistration(on, { ...request, wasSent: true })
  if (held.kind === 'undecided') return recordUnfinished(heldContext(on), request.id, result)
  if (held.kind === 'as_known') return fail(on, request, 'refused', result)
  if (held.kind === 'auto_renewed') return proceed(on, request, held)
  return decide(on, request, held, result)
}

async function decide(
  on: Serving,
  request: DueRenewal,
  held: Exclude<HeldVerdict, { kind: 'as_known' | 'auto_renewed' | 'undecided' }>,
  result: DecidingResult,
): Promise<void> {
  if (held.kind === 'not_held') return fail(on, request, 'not_held', result)
  const { expiresAt } = held
  if (held.kind === 'expiry_moved') return fail(on, request, 'expiry_moved', result, expiresAt)
  const settled = await settleRenewal(heldContext(on), {
    ...subject(request),
    ...result,
    outcome: 'renewed',
    expiresAt,
  })
  on.log.info({ event: 'renewal.settled', renewalId: request.renewalId, outcome: 'renewed', settled })
}

async function fail(
  on: Serving,
  request: DueRenewal,
  reason: RenewalFailure,
  result: DecidingResult,
  expiresAt?: Date,
): Promise<void> {
  const outcome = { outcome: 'failed', reason, ...(expiresAt !== undefined && { expiresAt }) } as const
  const settled = await settleRenewal(heldContext(on), { ...subject(request), ...result, ...outcome })
  on.log.info({ event: 'renewal.settled', renewalId: request.renewalId, outcome: reason, settled })
}

function subject({ id, renewalId, registrationId }: DueRenewal) {
  return { requestId: id, renewalId, registrationId }
}
