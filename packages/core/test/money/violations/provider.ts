import { dispute, kept, lines, paid, payment, refund } from './rows.ts'
import type { Violation } from './violation.ts'

export const providerViolations: readonly Violation[] = [
  {
    constraint: 'card_money_is_where_it_belongs',
    table: 'payment',
    statements: [payment({ method: `'card'` })],
  },
  {
    constraint: 'card_money_is_where_it_belongs',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, payment_id, amount_minor, currency)
        select 'refund', gen.id, line, ledger_account, paid.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen,
          (select id from payment where method = 'card' order by id desc limit 1) as paid, ${lines('revenue', 'refunds_payable')}`,
    ],
  },
  {
    constraint: 'card_money_is_where_it_belongs',
    table: 'refund',
    statements: [
      refund(kept.replace('where secures', `where secures and method = 'card'`), {
        state: `'approved'`,
        destination: `'original_payment'`,
      }),
    ],
  },
  {
    constraint: 'card_money_is_where_it_belongs',
    table: 'dispute',
    statements: [dispute(`'dp_one', 'open', 1, 'USD', now(), null, null`, 1)],
  },
  {
    constraint: 'one_open_dispute_per_payment',
    table: 'dispute',
    backstops: [['dispute', 'card_money_is_where_it_belongs']],
    statements: [dispute(`'dp_' || time, 'open', 1, 'USD', now(), null, null`, 2)],
  },
  {
    constraint: 'provider_dispute_unique',
    table: 'dispute',
    statements: [dispute(`'dp_same', 'won', 1, 'USD', now(), now(), gen_random_uuid()`, 2)],
  },
  {
    constraint: 'dispute_reversal_unique',
    table: 'dispute',
    statements: [
      dispute(
        `'dp_' || time, 'won', 1, 'USD', now(), now(), '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'::uuid`,
        2,
      ),
    ],
  },
  {
    constraint: 'provider_payment_unique',
    table: 'payment',
    statements: [
      payment(
        {
          method: `'card'`,
          state: `'requires_action'`,
          captured_minor: '0',
          provider: `'sandbox'`,
          provider_id: `'pi_same'`,
        },
        2,
      ),
    ],
  },
  {
    constraint: 'provider_refund_unique',
    table: 'refund',
    backstops: [['refund', 'one_automatic_refund_per_cause']],
    statements: [refund(paid, { provider_refund_id: `'re_same'` }, 2)],
  },
  {
    constraint: 'provider_event_pkey',
    table: 'provider_event',
    fall: 'ON CONFLICT',
    statements: [
      `insert into provider_event (provider, event_id, about, object_id, received_at, handled_at, try_after)
        select 'sandbox', 'evt_same', 'other', 'it', now(), now(), now() from generate_series(1, 2)`,
    ],
  },
  {
    constraint: 'one_task_of_a_kind_per_payment',
    table: 'provider_task',
    fall: 'one_task_of_a_kind_per_payment',
    statements: [
      `insert into provider_task (id, kind, payment_id, created_at, try_after, done_at)
        select gen_random_uuid(), 'cancel_intent', id, now(), now(), now()
        from (select id from payment where method = 'card' limit 1) as paid, generate_series(1, 2)`,
    ],
  },
  {
    constraint: 'one_open_task_per_subject',
    table: 'finance_task',
    fall: 'ON CONFLICT',
    statements: [
      `insert into finance_task (id, kind, subject_id, detail, opened_at)
        select gen_random_uuid(), 'refund_stuck', id, 'a test', now()
        from (select id from payment limit 1) as paid, generate_series(1, 2)`,
    ],
  },
]
