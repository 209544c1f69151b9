import { Attempt } from '@droplock/contracts/gateway/backorder'
import type { AttemptView, RemovedAttempts } from '@droplock/core/backorders/attempts'
import type { BackorderCase } from '@droplock/core/backorders/read'
import { presentBackorder } from './backorder.ts'
import { present, presentTime } from './optional.ts'
import { presentPayment, presentRefund } from './payment.ts'

export function presentCase(backorder: BackorderCase) {
  const { evidence } = backorder
  const result = evidence?.outcome
  return {
    ...presentBackorder(backorder),
    attempts: evidence?.attempts.items.map(presentAttempt) ?? [],
    ...(evidence?.deciding && { deciding_attempt: presentAttempt(evidence.deciding) }),
    ...(result && {
      outcome: {
        result,
        ...present({ code: evidence.decidedCode, basis: evidence.basis, holder_clid: evidence.holderClid }),
      },
    }),
    payments: backorder.payments.map((payment) => presentPayment(payment)),
    ...present({
      expires_at: presentTime(backorder.expiresAt),
      attempts_next: evidence?.attempts.next ?? null,
      attempts_removed: presentRemoved(evidence?.removed ?? null),
    }),
    refunds: backorder.refunds.map(presentRefund),
  }
}

export function presentRemoved(removed: RemovedAttempts | null) {
  return (
    removed && {
      count: removed.count,
      first_sent_at: removed.firstSentAt.toISOString(),
      last_sent_at: removed.lastSentAt.toISOString(),
    }
  )
}

/** Parsed here: the view has the words of two columns as mere text. */
export function presentAttempt(attempt: AttemptView) {
  return Attempt.parse({
    command: attempt.command,
    sent_at: attempt.sentAt.toISOString(),
    outcome: attempt.outcome,
    cltrid: attempt.clTRID,
    decided: attempt.decided,
    ...present({
      round_trip_ms: attempt.roundTripUs === null ? null : attempt.roundTripUs / 1_000,
      code: attempt.code,
      message: attempt.message,
      svtrid: attempt.svTRID,
    }),
  })
}
