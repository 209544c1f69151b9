import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import {
  insertCaptured,
  insertDispute,
  insertPayment,
  insertPostings,
  insertRefund,
  insertUnpaid,
  tellFinance,
} from '../rows.ts'
import type { Scene } from '../scene.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertTask(scene: Scene, paymentId: string, kind = 'cancel_intent') {
  await sql`insert into provider_task (id, kind, payment_id, created_at, try_after)
    values (${scene.ctx.newId()}, ${kind}, ${paymentId}, ${AT}, ${AT})`.execute(scene.tx)
}

const insertEvent = ({ tx }: Scene, about = 'payment') =>
  sql`insert into provider_event (provider, event_id, about, object_id, received_at, try_after)
    values ('sandbox', 'evt_1', ${about}, 'pi_1', ${AT}, ${AT})`.execute(tx)

/** What was promised for commit is checked now, so that the next statement alone is seen at work. */
const checkUntilHere = ({ tx }: Scene) => sql`set constraints all immediate`.execute(tx)

/** A top-up by card, captured. */
async function insertToppedUp(scene: Scene): Promise<string> {
  const id = await insertPayment(scene, { method: 'card', purpose: 'top_up' })
  const line = { cause: 'top_up', cause_id: id, payment_id: id } as const
  await insertPostings(scene, [
    { ...line, ledger_account: 'provider_clearing', amount_minor: -1_900n },
    {
      ...line,
      ledger_account: 'customer_balance',
      amount_minor: 1_900n,
      account_id: scene.buyer.actor.accountId,
    },
  ])
  return id
}

/** The held name's money came by card instead: the balance has its price back, and the provider has it. */
async function payByCard(scene: Scene) {
  const { paymentId } = scene.held
  await sql`alter table payment disable trigger payment_terms_are_final`.execute(scene.tx)
  await sql`update payment set method = 'card', listing_id = ${scene.held.listingId} where id = ${paymentId}`.execute(
    scene.tx,
  )
  await insertPostings(scene, [
    { ledger_account: 'provider_clearing', amount_minor: -1_900n, payment_id: paymentId },
    { ledger_account: 'customer_balance', amount_minor: 1_900n, account_id: scene.buyer.actor.accountId },
  ])
}

export const cardBreaches: readonly Breach[] = [
  {
    table: 'payment',
    keeper: 'payment_purpose_known',
    promise: 'a payment has a known purpose',
    backstops: [['payment', 'payment_terms_are_final']],
    deed: async (scene) => {
      const id = await insertPayment(scene)
      await sql`update payment set purpose = 'tip' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'payment',
    keeper: 'provider_payment_unique',
    promise: "a provider's payment is one of ours",
    deed: async (scene) => {
      await insertUnpaid(scene, { provider: 'sandbox', provider_id: 'pi_1' })
      await insertUnpaid(scene, { provider: 'sandbox', provider_id: 'pi_1' })
    },
  },
  {
    table: 'payment',
    keeper: 'card_order_names_listing',
    promise: 'a card payment tells what it is for',
    deed: (scene) => insertUnpaid(scene, { listing_id: null }),
  },
  {
    table: 'payment',
    keeper: 'payment_terms_are_final',
    promise: 'what was captured never changes',
    deed: async (scene) => {
      const id = await insertPayment(scene)
      await sql`update payment set captured_minor = 1 where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'payment',
    keeper: 'payment_terms_are_final',
    promise: 'a payment stays the one that the provider knows',
    deed: async (scene) => {
      const id = await insertUnpaid(scene, { provider: 'sandbox', provider_id: 'pi_1' })
      await sql`update payment set provider_id = 'pi_2' where id = ${id}`.execute(scene.tx)
    },
  },
  {
    table: 'payment',
    keeper: 'card_money_is_where_it_belongs',
    refusesAs: 'clearing_holds_what_was_captured',
    promise: 'what a card paid is in the ledger',
    deed: (scene) => insertPayment(scene, { method: 'card', listing_id: scene.free.listingId }),
  },
  {
    table: 'posting',
    keeper: 'card_money_is_where_it_belongs',
    refusesAs: 'unapplied_holds_what_secures_nothing',
    promise: 'money that secures nothing stays unapplied until it is returned',
    deed: async (scene) => {
      const id = await insertCaptured(scene)
      await checkUntilHere(scene)
      await insertPostings(scene, [
        { ledger_account: 'unapplied_receipts', amount_minor: -1n, payment_id: id },
        { ledger_account: 'revenue', amount_minor: 1n },
      ])
    },
  },
  {
    table: 'refund',
    keeper: 'card_money_is_where_it_belongs',
    refusesAs: 'payable_holds_what_is_owed',
    promise: 'what is owed to a card waits as payable',
    deed: async (scene) => {
      await payByCard(scene)
      await checkUntilHere(scene)
      const { paymentId } = scene.held
      await insertRefund(scene, { payment_id: paymentId, destination: 'original_payment' })
    },
  },
  {
    table: 'refund',
    keeper: 'card_money_is_where_it_belongs',
    refusesAs: 'payable_holds_what_is_owed',
    promise: 'what is owed to the card of a top-up was taken from the balance',
    deed: async (scene) => {
      const id = await insertToppedUp(scene)
      await checkUntilHere(scene)
      await insertRefund(scene, { payment_id: id, destination: 'original_payment' })
    },
  },
  {
    table: 'dispute',
    keeper: 'card_money_is_where_it_belongs',
    refusesAs: 'clearing_holds_what_was_captured',
    promise: 'what a dispute took is in the ledger',
    deed: async (scene) => {
      const id = await insertCaptured(scene)
      await checkUntilHere(scene)
      await scene.tx
        .insertInto('dispute')
        .values({
          id: scene.ctx.newId(),
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
    keeper: 'money_to_return_names_payment',
    promise: 'money that is to be returned is of a payment',
    deed: (scene) =>
      insertPostings(scene, [
        { ledger_account: 'unapplied_receipts', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n },
      ]),
  },
  {
    table: 'provider_task',
    keeper: 'provider_task_known',
    promise: 'the provider is asked for known things',
    deed: async (scene) => insertTask(scene, await insertUnpaid(scene), 'beg'),
  },
  {
    table: 'provider_task',
    keeper: 'one_task_of_a_kind_per_payment',
    promise: 'a payment is cancelled by one task',
    deed: async (scene) => {
      const id = await insertUnpaid(scene)
      await insertTask(scene, id)
      await insertTask(scene, id)
    },
  },
  {
    table: 'provider_event',
    keeper: 'provider_event_known',
    promise: 'an event is about something known',
    deed: (scene) => insertEvent(scene, 'weather'),
  },
  {
    table: 'provider_event',
    keeper: 'provider_event_pkey',
    promise: 'an event of the provider is kept once',
    deed: async (scene) => {
      await insertEvent(scene)
      await insertEvent(scene)
    },
  },
  {
    table: 'dispute',
    keeper: 'dispute_state_known',
    promise: 'a dispute is open, won or lost',
    deed: async (scene) => {
      await insertDispute(scene, await insertCaptured(scene))
      await checkUntilHere(scene)
      await sql`alter table dispute disable trigger card_money_is_where_it_belongs`.execute(scene.tx)
      await sql`update dispute set state = 'boring', decided_at = ${AT}`.execute(scene.tx)
    },
  },
  {
    table: 'dispute',
    keeper: 'provider_dispute_unique',
    promise: 'a dispute is applied once',
    deed: async (scene) => {
      const lost = { provider_dispute_id: 'dp_1', state: 'lost', decided_at: AT } as const
      const id = await insertCaptured(scene)
      await insertDispute(scene, id, lost)
      await insertDispute(scene, id, lost)
    },
  },
  {
    table: 'dispute',
    keeper: 'dispute_reversal_unique',
    promise: 'a reversal is of one dispute',
    deed: async (scene) => {
      const won = { state: 'won', decided_at: AT, reversal_id: scene.ctx.newId() } as const
      const id = await insertCaptured(scene)
      await insertDispute(scene, id, won)
      await insertDispute(scene, id, won)
    },
  },
  {
    table: 'dispute',
    keeper: 'only_a_won_dispute_is_reversed',
    promise: 'a dispute that is won is reversed, and no other',
    deed: async (scene) =>
      insertDispute(scene, await insertCaptured(scene), { reversal_id: scene.ctx.newId() }),
  },
  {
    table: 'dispute',
    keeper: 'one_open_dispute_per_payment',
    promise: 'a payment has one open dispute',
    deed: async (scene) => {
      const id = await insertCaptured(scene)
      await insertDispute(scene, id)
      await insertDispute(scene, id)
    },
  },
  {
    table: 'dispute',
    keeper: 'dispute_amount_positive',
    promise: 'a dispute is of some amount',
    backstops: [['dispute', 'card_money_is_where_it_belongs']],
    deed: async (scene) => {
      const id = await insertCaptured(scene)
      await sql`insert into dispute (id, payment_id, provider_dispute_id, state, amount_minor, currency, opened_at)
        values (${scene.ctx.newId()}, ${id}, 'dp_1', 'open', 0, 'USD', ${AT})`.execute(scene.tx)
    },
  },
  {
    table: 'dispute',
    keeper: 'decided_dispute_has_time',
    promise: 'a decided dispute tells when, and only that',
    deed: async (scene) => insertDispute(scene, await insertCaptured(scene), { decided_at: AT }),
  },
  {
    table: 'finance_task',
    keeper: 'finance_task_known',
    promise: 'a task of finance is of a known kind',
    deed: async (scene) => {
      await tellFinance(scene, scene.ctx.newId())
      await sql`update finance_task set kind = 'lunch'`.execute(scene.tx)
    },
  },
  {
    table: 'finance_task',
    keeper: 'closed_task_says_why',
    promise: 'a task is not closed without a word',
    deed: (scene) => tellFinance(scene, scene.ctx.newId(), { closed_at: AT }),
  },
  {
    table: 'finance_task',
    keeper: 'one_open_task_per_subject',
    promise: 'finance is told once of one thing',
    deed: async (scene) => {
      const refundId = scene.ctx.newId()
      await tellFinance(scene, refundId)
      await tellFinance(scene, refundId)
    },
  },
  {
    table: 'refund_limit',
    keeper: 'refund_limit_not_negative',
    promise: 'a limit for one person is not negative',
    deed: ({ tx }) => sql`update refund_limit set alone_minor = -1`.execute(tx),
  },
  {
    table: 'refund',
    keeper: 'provider_refund_unique',
    promise: "a provider's refund is one of ours",
    deed: async (scene) => {
      await insertRefund(scene, { provider_refund_id: 're_1' })
      await insertRefund(scene, { provider_refund_id: 're_1', cause: 'duplicate_payment' })
    },
  },
  {
    table: 'refund',
    keeper: 'no_card_refund_while_disputed',
    promise: 'nothing is sent to the card of a disputed payment',
    deed: async (scene) => {
      const id = await insertCaptured(scene)
      const refundId = await insertRefund(scene, { payment_id: id, destination: 'original_payment' })
      await insertDispute(scene, id)
      await sql`update payment set state = 'disputed' where id = ${id}`.execute(scene.tx)
      await sql`update refund set state = 'processing' where id = ${refundId}`.execute(scene.tx)
    },
  },
  {
    table: 'refund',
    keeper: 'failed_refund_is_a_task',
    promise: 'a failed refund is never lost: finance is told',
    deed: (scene) => insertRefund(scene, { state: 'failed', decided_at: AT }),
  },
  {
    table: 'refund',
    keeper: 'only_a_failed_refund_is_retried',
    promise: 'a refund that may still arrive is not sent again',
    deed: async (scene) => {
      const sent = await insertRefund(scene, { state: 'processing' })
      await insertRefund(scene, { retries_refund_id: sent, proposed_by: scene.staffId })
    },
  },
  {
    table: 'refund',
    keeper: 'refund_terms_are_final',
    promise: 'amount, payee and destination of a refund never change',
    deed: async (scene) => {
      const id = await insertRefund(scene)
      await sql`update refund set amount_minor = 2 where id = ${id}`.execute(scene.tx)
    },
  },
]
