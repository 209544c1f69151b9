import { sql } from 'kysely'
import type { Violation } from '../fixture.ts'
import { insertFinanceTask, insertPayment, insertRefund } from '../rows.ts'

export const paymentViolations: readonly Violation[] = [
  {
    table: 'payment',
    constraint: 'return_url_is_a_web_page',
    guarantee: 'a payer returns to a page of the web',
    violate: ({ tx }) => sql`update payment set return_url = 'javascript:alert(1)'`.execute(tx),
  },
  {
    table: 'payment',
    constraint: 'one_payment_secures_a_backorder',
    guarantee: 'at most one payment secures a backorder',
    violate: (fixture) => insertPayment(fixture, { backorder_id: fixture.held.backorderId, secures: true }),
  },
  {
    table: 'payment',
    constraint: 'securing_payment_is_captured',
    guarantee: 'only a payment captured in full secures a backorder',
    violate: async (fixture) => {
      await sql`update payment set secures = false`.execute(fixture.tx)
      await insertPayment(fixture, {
        backorder_id: fixture.held.backorderId,
        captured_minor: 1n,
        secures: true,
      })
    },
  },
  {
    table: 'payment',
    constraint: 'payment_amount_positive',
    guarantee: 'the amount of a payment is above zero',
    violate: (fixture) => insertPayment(fixture, { state: 'failed', amount_minor: 0n, captured_minor: 0n }),
  },
  {
    table: 'payment',
    constraint: 'captured_within_amount',
    guarantee: 'at most the amount of a payment is captured',
    violate: (fixture) => insertPayment(fixture, { captured_minor: 1_901n }),
  },
  {
    table: 'payment',
    constraint: 'captured_when_succeeded',
    guarantee: 'money is captured exactly if a payment succeeded',
    violate: (fixture) => insertPayment(fixture, { captured_minor: 0n }),
  },
  {
    table: 'payment',
    constraint: 'payment_method_known',
    guarantee: 'a payment is by a known method',
    backstops: [['payment', 'payment_terms_are_final']],
    violate: async (fixture) => {
      const id = await insertPayment(fixture)
      await sql`update payment set method = 'barter' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'payment',
    constraint: 'payment_state_known',
    guarantee: 'a payment is in a state of its machine',
    violate: async (fixture) => {
      const id = await insertPayment(fixture, { state: 'failed', captured_minor: 0n })
      await sql`update payment set state = 'promised' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'refund',
    constraint: 'refunds_within_captured',
    guarantee: 'no more is refunded than was captured, over all refunds of a payment',
    violate: async (fixture) => {
      await insertRefund(fixture, { amount_minor: 1_000n })
      await insertRefund(fixture, { amount_minor: 901n, cause: 'duplicate_payment' })
    },
  },
  {
    table: 'refund',
    constraint: 'one_automatic_refund_per_cause',
    guarantee: 'a payment is refunded automatically once for a cause',
    violate: async (fixture) => {
      await insertRefund(fixture, { cause: 'backorder_failed' })
      await insertRefund(fixture, { cause: 'backorder_failed' })
    },
  },
  {
    table: 'refund',
    constraint: 'one_retry_per_refund',
    guarantee: 'a failed refund is retried once',
    violate: async (fixture) => {
      const failed = await insertRefund(fixture, { state: 'failed', decided_at: new Date() })
      await insertFinanceTask(fixture, failed)
      await insertRefund(fixture, { retries_refund_id: failed, proposed_by: fixture.staffId })
      await insertRefund(fixture, { retries_refund_id: failed, proposed_by: fixture.staffId })
    },
  },
  {
    table: 'refund',
    constraint: 'refund_amount_positive',
    guarantee: 'the amount of a refund is above zero',
    violate: (fixture) => insertRefund(fixture, { amount_minor: 0n }),
  },
  {
    table: 'refund',
    constraint: 'refund_cause_known',
    guarantee: 'a refund has a known cause',
    backstops: [['refund', 'refund_terms_are_final']],
    violate: async (fixture) => {
      const id = await insertRefund(fixture)
      await sql`update refund set cause = 'kindness' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'refund',
    constraint: 'refund_state_known',
    guarantee: 'a refund is in a state of its machine',
    violate: async (fixture) => {
      const id = await insertRefund(fixture)
      await sql`update refund set state = 'promised' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'refund',
    constraint: 'refund_destination_known',
    guarantee: 'a refund goes to the balance or the original payment',
    backstops: [['refund', 'refund_terms_are_final']],
    violate: async (fixture) => {
      const id = await insertRefund(fixture)
      await sql`update refund set destination = 'charity' where id = ${id}`.execute(fixture.tx)
    },
  },
]
