import type { Evidence } from '@droplock/rules/disputes/evidence'
import { evidenceMachine } from '@droplock/rules/machines/dispute-evidence'
import { next } from '@droplock/rules/machines/machine'
import { tryAgainMs } from '@droplock/rules/payments'
import type { Answer, Dispute, PaymentProvider } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { applyDispute } from './apply.ts'

type Submission = {
  readonly disputeId: string
  readonly submissionId: string
  readonly providerDisputeId: string
  readonly fields: Evidence
  /** Including this one. */
  readonly attempts: number
}

/**
 * Sends one submitted answer to the provider. Returns whether there was one. Its submission is the idempotency key, and a repetition
 * looks at the dispute first, so any number of attempts submits once. Claimed SKIP LOCKED, with its next attempt set first. Not in a
 * transaction.
 */
export async function sendEvidence(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const submission = await claimDue(ctx, provider.name)
  if (submission === undefined) return false
  const answer = await ask(provider, submission)
  if (answer.kind === 'done') await applyDispute(ctx, provider.name, answer.value)
  await recordAnswer(ctx, submission, answer)
  return true
}

async function claimDue(ctx: Context, provider: string): Promise<Submission | undefined> {
  const { rows } = await sql<Submission>`
    with due as (
      select evidence.dispute_id, dispute.provider_dispute_id from dispute_evidence as evidence
        join dispute on dispute.id = evidence.dispute_id join payment on payment.id = dispute.payment_id
      where evidence.state = 'submitting' and evidence.try_after <= statement_timestamp() and payment.provider = ${provider}
      order by evidence.try_after limit 1 for update of evidence skip locked
    )
    update dispute_evidence as evidence set attempts = attempts + 1,
      try_after = clock_timestamp() + ${tryAgainMs(1)} * interval '1 millisecond'
    from due where evidence.dispute_id = due.dispute_id
    returning evidence.dispute_id as "disputeId", submission_id as "submissionId",
      provider_dispute_id as "providerDisputeId", fields, attempts`.execute(ctx.db)
  return rows[0]
}

/** The provider forgets keys after a day. */
async function ask(
  provider: PaymentProvider,
  { submissionId, providerDisputeId, fields: evidence, attempts }: Submission,
): Promise<Answer<Dispute>> {
  if (attempts > 1) {
    const current = await provider.getDispute(providerDisputeId)
    if (current.kind !== 'done' || current.value.isAnswered) return current
  }
  return provider.submitEvidence({ submissionId, providerDisputeId, evidence })
}

/** Refused for good: by the provider's rules, or because a person has to mend something. Otherwise it is sent again later. */
async function recordAnswer(
  ctx: Context,
  { disputeId, attempts }: Submission,
  answer: Answer<Dispute>,
): Promise<void> {
  const isRefused = answer.kind === 'declined' || (answer.kind === 'rejected' && !answer.retryable)
  await inTransaction(ctx.db, async (tx) => {
    const evidence = await tx
      .selectFrom('dispute_evidence')
      .select('state')
      .where('dispute_id', '=', disputeId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (evidence.state !== 'submitting') return
    const now = await databaseTime(tx)
    const failure = answer.kind === 'done' ? null : answer.reason
    const ended = answer.kind === 'done' || isRefused
    await tx
      .updateTable('dispute_evidence')
      .set({
        failure,
        ...(ended
          ? {
              state: next(evidenceMachine, evidence.state, isRefused ? 'refuse' : 'accept'),
              ended_at: now,
              try_after: null,
            }
          : { try_after: new Date(now.getTime() + tryAgainMs(attempts)) }),
      })
      .where('dispute_id', '=', disputeId)
      .execute()
  })
}
