import { UNANSWERED_MS } from '@droplock/rules/disputes/answer'
import { formatMoney, money } from '@droplock/rules/money'
import { sql } from 'kysely'
import { TARGETS_MAX } from '../alarms/find.ts'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'

type Found = {
  readonly id: string
  readonly account: string
  readonly name: string | null
  readonly amountMinor: bigint
  readonly currency: string
  readonly dueAt: Date
}

/**
 * The open disputes whose evidence is due within `UNANSWERED_MS` and for which the provider has none, as alarms `dispute_unanswered`.
 * After the deadline nothing can be done about them.
 */
export async function findUnansweredDisputes(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<Found>`
    select dispute.id, account.name as account, listing.name, dispute.amount_minor as "amountMinor", dispute.currency,
      evidence_due_at as "dueAt"
    from dispute join payment on payment.id = payment_id join account on account.id = payment.account_id
      left join listing on listing.id = payment.listing_id
    where dispute.state = 'open' and answered_at is null and evidence_due_at > statement_timestamp()
      and evidence_due_at <= statement_timestamp() + ${UNANSWERED_MS} * interval '1 millisecond'
    order by evidence_due_at, dispute.id limit ${TARGETS_MAX}`.execute(ctx.db)
  return rows.map(({ id, account, name, amountMinor, currency, dueAt }) => ({
    subject: id,
    facts: {
      account,
      ...(name !== null && { name }),
      amount: formatMoney(money(amountMinor, currency)),
      evidenceDueAt: dueAt.toISOString(),
    },
  }))
}
