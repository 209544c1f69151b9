import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'
import {
  insertCaptured,
  insertDispute,
  insertFinanceTask,
  insertPayment,
  insertPostings,
  insertRefund,
  insertUnpaid,
} from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertTask(fixture: Fixture, paymentId: string, kind = 'cancel_intent') {
  await sql`insert into provider_task (id, kind, payment_id, created_at, try_after)
    values (${fixture.ctx.newId()}, ${kind}, ${paymentId}, ${AT}, ${AT})`.execute(fixture.tx)
}

const insertEvent = ({ tx }: Fixture, about = 'payment') =>
  sql`insert into provider_event (provider, event_id, about, object_id, received_at, try_after)
    values ('sandbox', 'evt_1', ${about}, 'pi_1', ${AT}, ${AT})`.execute(tx)

/** Deferred constraints are checked now, so that only the next statement can violate one. */
const checkUntilHere = ({ tx }: Fixture) => sql`set constraints all immediate`.execute(tx)

/** A top-up by card, captured. */
async function insertToppedUp(fixture: Fixture): Promise<string> {
  const id = await insertPayment(fixture, { method: 'card', purpose: 'top_up' })
  const line = { cause: 'top_up', cause_id: id, payment_id: id } as const
  await insertPostings(fixture, [
    { ...line, ledger_account: 'provider_clearing', amount_minor: -1_900n },
    {
      ...line,
      ledger_account: 'customer_balance',
      amount_minor: 1_900n,
      account_id: fixture.buyer.actor.accountId,
    },
  ])
  return id
}

/** The held name was paid by card instead: its price is back on the balance, and the money is at the provider. */
async function payByCard(fixture: Fixture) {
  const { paymentId } = fixture.held
  await sql`alter table payment disable trigger payment_terms_are_final`.execute(fixture.tx)
  await sql`update payment set method = 'card', listing_id = ${fixture.held.listingId} where id = ${paymentId}`.execute(
    fixture.tx,
  )
  await insertPostings(fixture, [
    { ledger_account: 'provider_clearing', amount_minor: -1_900n, payment_id: paymentId },
    { ledger_account: 'customer_balance', amount_minor: 1_900n, account_id: fixture.buyer.actor.accountId },
  ])
}

export const cardViolations: readonly Violation[] = [
  {
    table: 'payment',
    constraint: 'payment_purpose_known',
    guarantee: 'a payment has a known purpose',
    backstops: [['payment', 'payment_terms_are_final']],
    violate: async (fixture) => {
      const id = await insertPayment(fixture)
      await sql`update payment set purpose = 'tip' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'payment',
    constraint: 'provider_payment_unique',
    guarantee: "a provider's payment is one of ours",
    violate: async (fixture) => {
      await insertUnpaid(fixture, { provider: 'sandbox', provider_id: 'pi_1' })
      await insertUnpaid(fixture, { provider: 'sandbox', provider_id: 'pi_1' })
    },
  },
  {
    table: 'payment',
    constraint: 'card_order_names_listing',
    guarantee: 'a card payment for a backorder has its listing',
    violate: (fixture) => insertUnpaid(fixture, { listing_id: null }),
  },
  {
    table: 'payment',
    constraint: 'payment_terms_are_final',
    guarantee: 'what was captured never changes',
    violate: async (fixture) => {
      const id = await insertPayment(fixture)
      await sql`update payment set captured_minor = 1 where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'payment',
    constraint: 'payment_terms_are_final',
    guarantee: 'a payment stays the one that the provider knows',
    violate: async (fixture) => {
      const id = await insertUnpaid(fixture, { provider: 'sandbox', provider_id: 'pi_1' })
      await sql`update payment set provider_id = 'pi_2' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'payment',
    constraint: 'card_money_is_where_it_belongs',
    refusesAs: 'clearing_holds_what_was_captured',
    guarantee: 'a captured card payment is in the ledger',
    violate: (fixture) => insertPayment(fixture, { method: 'card', listing_id: fixture.free.listingId }),
  },
  {
    table: 'posting',
    constraint: 'card_money_is_where_it_belongs',
    refusesAs: 'unapplied_holds_what_secures_nothing',
    guarantee: 'money that secures nothing stays unapplied until it is returned',
    violate: async (fixture) => {
      const id = await insertCaptured(fixture)
      await checkUntilHere(fixture)
      await insertPostings(fixture, [
        { ledger_account: 'unapplied_receipts', amount_minor: -1n, payment_id: id },
        { ledger_account: 'revenue', amount_minor: 1n },
      ])
    },
  },
  {
    table: 'refund',
    constraint: 'card_money_is_where_it_belongs',
    refusesAs: 'payable_holds_what_is_owed',
    guarantee: 'what is owed to a card waits as payable',
    violate: async (fixture) => {
      await payByCard(fixture)
      await checkUntilHere(fixture)
      const { paymentId } = fixture.held
      await insertRefund(fixture, { payment_id: paymentId, destination: 'original_payment' })
    },
  },
  {
    table: 'refund',
    constraint: 'card_money_is_where_it_belongs',
    refusesAs: 'payable_holds_what_is_owed',
    guarantee: 'what is owed to the card of a top-up was taken from the balance',
    violate: async (fixture) => {
      const id = await insertToppedUp(fixture)
      await checkUntilHere(fixture)
      await insertRefund(fixture, { payment_id: id, destination: 'original_payment' })
    },
  },
  {
    table: 'dispute',
    constraint: 'card_money_is_where_it_belongs',
    refusesAs: 'clearing_holds_what_was_captured',
    guarantee: 'the amount of a dispute is in the ledger',
    violate: async (fixture) => {
      const id = await insertCaptured(fixture)
      await checkUntilHere(fixture)
      await fixture.tx
        .insertInto('dispute')
        .values({
          id: fixture.ctx.newId(),
          payment_id: id,
          provider_dispute_id: 'dp_1',
          state: 'open',
          amount_minor: 900n,
          currency: 'USD',
          opened_at: AT,
        })
        .execute()
    },
  },
  {
    table: 'posting',
    constraint: 'money_to_return_names_payment',
    guarantee: 'refunded money belongs to a payment',
    violate: (fixture) =>
      insertPostings(fixture, [
        { ledger_account: 'unapplied_receipts', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n },
      ]),
  },
  {
    table: 'provider_task',
    constraint: 'provider_task_known',
    guarantee: 'a provider task has a known kind',
    violate: async (fixture) => insertTask(fixture, await insertUnpaid(fixture), 'beg'),
  },
  {
    table: 'provider_task',
    constraint: 'one_task_of_a_kind_per_payment',
    guarantee: 'a payment has one task of a kind',
    violate: async (fixture) => {
      const id = await insertUnpaid(fixture)
      await insertTask(fixture, id)
      await insertTask(fixture, id)
    },
  },
  {
    table: 'provider_event',
    constraint: 'provider_event_known',
    guarantee: 'an event is about something known',
    violate: (fixture) => insertEvent(fixture, 'weather'),
  },
  {
    table: 'provider_event',
    constraint: 'provider_event_pkey',
    guarantee: 'an event of the provider is kept once',
    violate: async (fixture) => {
      await insertEvent(fixture)
      await insertEvent(fixture)
    },
  },
  {
    table: 'dispute',
    constraint: 'dispute_state_known',
    guarantee: 'a dispute is open, won or lost',
    violate: async (fixture) => {
      await insertDispute(fixture, await insertCaptured(fixture))
      await checkUntilHere(fixture)
      await sql`alter table dispute disable trigger card_money_is_where_it_belongs`.execute(fixture.tx)
      await sql`update dispute set state = 'boring', decided_at = ${AT}`.execute(fixture.tx)
    },
  },
  {
    table: 'dispute',
    constraint: 'provider_dispute_unique',
    guarantee: 'a dispute is applied once',
    violate: async (fixture) => {
      const lost = { provider_dispute_id: 'dp_1', state: 'lost', decided_at: AT } as const
      const id = await insertCaptured(fixture)
      await insertDispute(fixture, id, lost)
      await insertDispute(fixture, id, lost)
    },
  },
  {
    table: 'dispute',
    constraint: 'dispute_reversal_unique',
    guarantee: 'a reversal is of one dispute',
    violate: async (fixture) => {
      const won = { state: 'won', decided_at: AT, reversal_id: fixture.ctx.newId() } as const
      const id = await insertCaptured(fixture)
      await insertDispute(fixture, id, won)
      await insertDispute(fixture, id, won)
    },
  },
  {
    table: 'dispute',
    constraint: 'only_a_won_dispute_is_reversed',
    guarantee: 'a dispute is reversed exactly if it is won',
    violate: async (fixture) =>
      insertDispute(fixture, await insertCaptured(fixture), { reversal_id: fixture.ctx.newId() }),
  },
  {
    table: 'dispute',
    constraint: 'one_open_dispute_per_payment',
    guarantee: 'a payment has one open dispute',
    violate: async (fixture) => {
      const id = await insertCaptured(fixture)
      await insertDispute(fixture, id)
      await insertDispute(fixture, id)
    },
  },
  {
    table: 'dispute',
    constraint: 'dispute_amount_positive',
    guarantee: 'the amount of a dispute is above zero',
    backstops: [['dispute', 'card_money_is_where_it_belongs']],
    violate: async (fixture) => {
      const id = await insertCaptured(fixture)
      await sql`insert into dispute (id, payment_id, provider_dispute_id, state, amount_minor, currency, opened_at)
        values (${fixture.ctx.newId()}, ${id}, 'dp_1', 'open', 0, 'USD', ${AT})`.execute(fixture.tx)
    },
  },
  {
    table: 'dispute',
    constraint: 'decided_dispute_has_time',
    guarantee: 'a dispute has a decision time exactly if it is decided',
    violate: async (fixture) => insertDispute(fixture, await insertCaptured(fixture), { decided_at: AT }),
  },
  {
    table: 'finance_task',
    constraint: 'finance_task_known',
    guarantee: 'a finance task has a known kind',
    violate: async (fixture) => {
      await insertFinanceTask(fixture, fixture.ctx.newId())
      await sql`update finance_task set kind = 'lunch'`.execute(fixture.tx)
    },
  },
  {
    table: 'finance_task',
    constraint: 'closed_task_says_why',
    guarantee: 'a closed task has a note',
    violate: (fixture) => insertFinanceTask(fixture, fixture.ctx.newId(), { closed_at: AT }),
  },
  {
    table: 'finance_task',
    constraint: 'one_open_task_per_subject',
    guarantee: 'there is one finance task of a kind for one subject',
    violate: async (fixture) => {
      const refundId = fixture.ctx.newId()
      await insertFinanceTask(fixture, refundId)
      await insertFinanceTask(fixture, refundId)
    },
  },
  {
    table: 'refund_limit',
    constraint: 'refund_limit_not_negative',
    guarantee: 'a limit for one person is not negative',
    violate: ({ tx }) => sql`update refund_limit set alone_minor = -1`.execute(tx),
  },
  {
    table: 'refund',
    constraint: 'provider_refund_unique',
    guarantee: "a provider's refund is one of ours",
    violate: async (fixture) => {
      await insertRefund(fixture, { provider_refund_id: 're_1' })
      await insertRefund(fixture, { provider_refund_id: 're_1', cause: 'duplicate_payment' })
    },
  },
  {
    table: 'refund',
    constraint: 'no_card_refund_while_disputed',
    guarantee: 'nothing is sent to the card of a disputed payment',
    violate: async (fixture) => {
      const id = await insertCaptured(fixture)
      const refundId = await insertRefund(fixture, { payment_id: id, destination: 'original_payment' })
      await insertDispute(fixture, id)
      await sql`update payment set state = 'disputed' where id = ${id}`.execute(fixture.tx)
      await sql`update refund set state = 'processing' where id = ${refundId}`.execute(fixture.tx)
    },
  },
  {
    table: 'refund',
    constraint: 'failed_refund_is_a_task',
    guarantee: 'a failed refund has a finance task',
    violate: (fixture) => insertRefund(fixture, { state: 'failed', decided_at: AT }),
  },
  {
    table: 'refund',
    constraint: 'only_a_failed_refund_is_retried',
    guarantee: 'a refund that may still arrive is not sent again',
    violate: async (fixture) => {
      const sent = await insertRefund(fixture, { state: 'processing' })
      await insertRefund(fixture, { retries_refund_id: sent, proposed_by: fixture.staffId })
    },
  },
  {
    table: 'refund',
    constraint: 'refund_terms_are_final',
    guarantee: 'amount, payee and destination of a refund never change',
    violate: async (fixture) => {
      const id = await insertRefund(fixture)
      await sql`update refund set amount_minor = 2 where id = ${id}`.execute(fixture.tx)
    },
  },
]
