import { kept, manual, paid, refund, retry, staff } from './rows.ts'
import type { Violation } from './violation.ts'

export const refundViolations: readonly Violation[] = [
  {
    constraint: 'refunds_within_captured',
    table: 'refund',
    statements: [refund(paid, { state: `'approved'`, amount_minor: 'paid.captured_minor + 1' })],
  },
  {
    constraint: 'one_automatic_refund_per_cause',
    table: 'refund',
    statements: [refund(paid, {}, 2)],
  },
  {
    constraint: 'one_retry_per_refund',
    table: 'refund',
    backstops: [
      ['refund', 'refunds_within_captured'],
      ['refund', 'card_money_is_where_it_belongs'],
    ],
    statements: [retry('failed', { state: `'approved'` }, 2)],
  },
  {
    constraint: 'only_a_failed_refund_is_retried',
    table: 'refund',
    statements: [retry('succeeded', {})],
  },
  {
    constraint: 'failed_refund_is_a_task',
    table: 'refund',
    statements: [
      `update refund set state = 'failed' where id = (select id from refund where state in ('approved', 'processing') limit 1)`,
    ],
  },
  {
    constraint: 'no_card_refund_while_disputed',
    table: 'refund',
    statements: [
      `update refund set state = 'processing' where state = 'approved' and destination = 'original_payment'
        and (select state from payment where payment.id = refund.payment_id) <> 'succeeded'`,
    ],
  },
  {
    constraint: 'refund_terms_are_final',
    table: 'refund',
    statements: [
      `update refund set amount_minor = amount_minor - 1 where id = (select refund.id
        from refund join payment on payment.id = refund.payment_id
        where refund.amount_minor > 1 and refund.state = 'succeeded' and secures
          and (destination = 'balance' or method = 'balance') limit 1)`,
    ],
  },
  {
    constraint: 'exception_needs_two_people',
    table: 'refund',
    statements: [refund(kept, { state: `'approved'`, by_rule: 'false' })],
  },
  {
    constraint: 'alone_by_rule_within_limit',
    table: 'refund',
    statements: [refund(kept, { ...manual, alone_limit_minor: '0' })],
  },
  {
    constraint: 'manual_refund_is_decided_by_someone',
    table: 'refund',
    statements: [refund(kept, manual)],
  },
  {
    constraint: 'proposer_does_not_decide',
    table: 'refund',
    statements: [refund(kept, { ...manual, decided_by: staff })],
  },
  {
    constraint: 'manual_refund_is_proposed',
    table: 'refund',
    statements: [refund(kept, { proposed_by: staff })],
  },
  {
    constraint: 'proposed_refund_expires',
    table: 'refund',
    statements: [refund(kept, { state: `'proposed'` })],
  },
  {
    constraint: 'no_manual_refund_while_undecided',
    table: 'refund',
    statements: [
      refund(
        `(select payment.* from payment join backorder on backorder.id = payment.backorder_id
          where secures and backorder.state = 'backordered' limit 1) as paid`,
        { ...manual, state: `'proposed'`, expires_at: 'now()' },
      ),
    ],
  },
]
