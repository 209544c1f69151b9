import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import { insertPayment, insertRefund, tellFinance } from '../rows.ts'

export const paymentBreaches: readonly Breach[] = [
  {
    table: 'payment',
    keeper: 'one_payment_secures_a_backorder',
    promise: 'at most one payment secures a backorder',
    deed: (scene) => insertPayment(scene, { backorder_id: scene.held.backorderId, secures: true }),
  },
  {
    table: 'payment',
    keeper: 'securing_payment_is_captured',
    promise: 'only a payment captured in full secures a backorder',
    deed: async (scene) => {
      await sql`update payment set secures = false`.execute(scene.tx)
      await insertPayment(scene, { backorder_id: scene.held.backorderId, captured_minor: 1n, secures: true })
    },
  },
  {
    table: 'payment',
    keeper: 'payment_amount_positive',
    promise: 'a payment is of some amount',
    deed: (scene) => insertPayment(scene, { state: 'failed', amount_minor: 0n, captured_minor: 0n }),
  },
  {
    table: 'payment',
    keeper: 'captured_within_amount',
    promise: 'no more is captured than was to be paid',
    deed: (scene) => insertPayment(scene, { captured_minor: 1_901n }),
  },
  {
    table: 'payment',
    keeper: 'captured_when_succeeded',
    promise: 'money was captured if a payment succeeded, and only then',
    deed: (scene) => insertPayment(scene, { captured_minor: 0n }),
  },
  {
    table: 'payment',
    keeper: 'payment_method_known',
    promise: 'a payment is by a known method',
    backstops: [['payment', 'payment_terms_are_final']],
    deed: async (scene) => {
      const id = await insertPayment(scene)
      await sql`update payment set method = 'barter' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'payment',
    keeper: 'payment_state_known',
    promise: 'a payment is in a state of its machine',
    deed: async (scene) => {
      const id = await insertPayment(scene, { state: 'failed', captured_minor: 0n })
      await sql`update payment set state = 'promised' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'refund',
    keeper: 'refunds_within_captured',
    promise: 'no more is refunded than was captured, over all refunds of a payment',
    deed: async (scene) => {
      await insertRefund(scene, { amount_minor: 1_000n })
      await insertRefund(scene, { amount_minor: 901n, cause: 'duplicate_payment' })
    },
  },
  {
    table: 'refund',
    keeper: 'one_automatic_refund_per_cause',
    promise: 'a payment is refunded automatically once for a cause',
    deed: async (scene) => {
      await insertRefund(scene, { cause: 'backorder_failed' })
      await insertRefund(scene, { cause: 'backorder_failed' })
    },
  },
  {
    table: 'refund',
    keeper: 'one_retry_per_refund',
    promise: 'a failed refund is retried once',
    deed: async (scene) => {
      const failed = await insertRefund(scene, { state: 'failed', decided_at: new Date() })
      await tellFinance(scene, failed)
      await insertRefund(scene, { retries_refund_id: failed, proposed_by: scene.staffId })
      await insertRefund(scene, { retries_refund_id: failed, proposed_by: scene.staffId })
    },
  },
  {
    table: 'refund',
    keeper: 'refund_amount_positive',
    promise: 'a refund is of some amount',
    deed: (scene) => insertRefund(scene, { amount_minor: 0n }),
  },
  {
    table: 'refund',
    keeper: 'refund_cause_known',
    promise: 'a refund has a known cause',
    backstops: [['refund', 'refund_terms_are_final']],
    deed: async (scene) => {
      const id = await insertRefund(scene)
      await sql`update refund set cause = 'kindness' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'refund',
    keeper: 'refund_state_known',
    promise: 'a refund is in a state of its machine',
    deed: async (scene) => {
      const id = await insertRefund(scene)
      await sql`update refund set state = 'promised' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'refund',
    keeper: 'refund_destination_known',
    promise: 'a refund goes to the balance or the original payment',
    backstops: [['refund', 'refund_terms_are_final']],
    deed: async (scene) => {
      const id = await insertRefund(scene)
      await sql`update refund set destination = 'charity' where id = ${id}`.execute(scene.tx)
    },
  },
]
