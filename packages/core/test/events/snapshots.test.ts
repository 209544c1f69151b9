import type { Topic } from '@droplock/rules/events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import { lapseHolds } from '../../src/backorders/expire.ts'
import { approveReversal } from '../../src/bank-transfers/approve-reversal.ts'
import { proposeReversal } from '../../src/bank-transfers/propose-reversal.ts'
import { recordBankTransfer } from '../../src/bank-transfers/record.ts'
import type { Context } from '../../src/context.ts'
import { type Event, readEvents } from '../../src/events/feed.ts'
import { publish } from '../../src/events/publish.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { deliver, endHolds, hold, pay, sendRefunds } from '../support/cards.ts'
import { dropAll } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { givenDecided, givenSecured, NAME } from '../support/held.ts'
import { givenInvoice } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { advanceAll } from '../support/receivers.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff } from '../support/world.ts'

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const PRICE = { amount_minor: 1_900, currency: 'USD' }

async function readAll(ctx: Context): Promise<readonly Event[]> {
  await advanceAll(ctx)
  return (await readEvents(ctx, { limit: 1_000 })).events
}

/** The newest event of a topic. */
async function newest(ctx: Context, topic: Topic): Promise<Event> {
  const event = (await readAll(ctx)).findLast((each) => each.topic === topic)
  if (event === undefined) throw new Error(`no ${topic}`)
  return event
}

async function givenHeld(ctx: Context) {
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const provider = new FakeProvider()
  return { buyer, provider, held: await hold(buyer, provider, NAME) }
}

test('the event of a secured order has name, price and window, and no empty fields', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, buyer } = await givenSecured(ctx)
    expect(await newest(ctx, 'backorder.secured')).toEqual({
      id: expect.any(String),
      position: expect.any(BigInt),
      topic: 'backorder.secured',
      accountId: buyer.actor.accountId,
      subAccountId: null,
      subjectId: backorderId,
      occurredAt: expect.any(Date),
      data: {
        id: backorderId,
        name: NAME,
        state: 'backordered',
        price: PRICE,
        created_at: TIME,
        secured_at: TIME,
        cutoff_at: TIME,
        drop_from: TIME,
        drop_to: TIME,
      },
    })
  }))

test('the event of a failure has its reason and its refund with the destination', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenDecided(ctx, 'lost')
    const { data } = await newest(ctx, 'backorder.failed')
    const refund = {
      id: expect.any(String),
      state: 'succeeded',
      destination: 'original_payment',
      amount: PRICE,
    }
    expect(data).toMatchObject({ state: 'failed', failure_reason: 'lost', decided_at: TIME, refund })
    expect((await newest(ctx, 'refund.succeeded')).data).toEqual({
      id: expect.any(String),
      payment_id: await paymentOf(ctx, backorderId),
      name: NAME,
      backorder_id: backorderId,
      cause: 'backorder_failed',
      state: 'succeeded',
      destination: 'original_payment',
      amount: PRICE,
      created_at: TIME,
      decided_at: TIME,
    })
  }))

test('the event of a success has the registry’s creation date and the end of the registration', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDecided(ctx, 'registered')
    const registration = await tx.selectFrom('registration').selectAll().executeTakeFirstOrThrow()
    expect((await newest(ctx, 'backorder.successful')).data).toMatchObject({
      state: 'successful',
      settled_at: registration.cr_date.toISOString(),
      expires_at: registration.expires_at.toISOString(),
    })
  }))

test('an event has its subject as it was then, whatever happens later', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDecided(ctx, 'lost')
    const states = (await readAll(ctx)).flatMap(({ topic, data }) =>
      topic.startsWith('backorder.') && 'state' in data ? [`${topic} ${data.state}`] : [],
    )
    expect(states).toEqual([
      'backorder.secured backordered',
      'backorder.registering registering',
      'backorder.failed failed',
    ])
  }))

test('the event of a hold has its deadline, and that of an expired order the reason', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, held } = await givenHeld(ctx)
    expect((await newest(ctx, 'backorder.held')).data).toMatchObject({
      state: 'pending_payment',
      pay_by: TIME,
    })
    provider.move(held.providerId, 'failed')
    await deliver(ctx, provider)
    expect((await newest(ctx, 'payment.failed')).data).toEqual({
      id: held.paymentId,
      purpose: 'backorder',
      method: 'card',
      state: 'failed',
      amount: PRICE,
      name: NAME,
      backorder_id: held.id,
      created_at: TIME,
      pay_by: TIME,
    })
    await endHolds(ctx)
    await lapseHolds(ctx)
    expect((await newest(ctx, 'backorder.expired')).data).toMatchObject({
      state: 'expired',
      expired_reason: 'lapsed',
    })
  }))

test('a refund to a card is approved in the event of the failure, and has an event of its own when it has arrived', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, held } = await givenHeld(ctx)
    await pay(ctx, provider, held.providerId)
    await dropAll(ctx, 'missed')
    const refund = { state: 'approved', destination: 'original_payment', amount: PRICE }
    expect((await newest(ctx, 'backorder.failed')).data).toMatchObject({ failure_reason: 'missed', refund })
    expect((await readAll(ctx)).filter(({ topic }) => topic === 'refund.succeeded')).toEqual([])
    await sendRefunds(ctx, provider)
    expect((await newest(ctx, 'refund.succeeded')).data).toMatchObject({ ...refund, state: 'succeeded' })
  }))

test('the event of a dispute has the amount that the bank took', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { provider, held } = await givenHeld(ctx)
    await pay(ctx, provider, held.providerId)
    const dispute = provider.openDispute(held.providerId)
    await deliver(ctx, provider)
    expect((await newest(ctx, 'payment.disputed')).data).toMatchObject({ state: 'disputed', disputed: PRICE })
    provider.decideDispute(dispute, 'lost')
    await deliver(ctx, provider)
    expect((await newest(ctx, 'payment.charged_back')).data).toMatchObject({
      state: 'charged_back',
      disputed: PRICE,
    })
  }))

test('the events of a renewal have its name, and that of a failure its refund', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    const { id } = await quoteAndOrder(buyer, backorderId)
    const renewal = { id, backorder_id: backorderId, name: NAME, years: 1, quoted_expires_at: TIME }
    expect((await newest(ctx, 'renewal.paid')).data).toMatchObject({
      ...renewal,
      state: 'paid',
      paid_at: TIME,
    })
    await carryOut(ctx, 'refused')
    expect((await newest(ctx, 'renewal.failed')).data).toMatchObject({
      ...renewal,
      failure_reason: 'refused',
      refund: { destination: 'original_payment', amount: { amount_minor: 1_500, currency: 'USD' } },
    })
  }))

test('the events of invoices and credit notes have their numbers and sums', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, invoice } = await givenInvoice(ctx)
    expect((await newest(ctx, 'invoice.issued')).data).toEqual({
      id: invoice.id,
      kind: 'invoice',
      number: invoice.number,
      issued_at: TIME,
      name: NAME,
      backorder_id: backorderId,
      gross: PRICE,
      net: { amount_minor: 1_545, currency: 'USD' },
      tax: { amount_minor: 355, currency: 'USD' },
    })
    const ann = await givenStaff(ctx, 'finance')
    const manual = { amountMinor: 500n, reasonCode: 'goodwill', note: 'a late answer' } as const
    const refundId = await completeRefund(ann, {
      ...manual,
      paymentId: await paymentOf(ctx, backorderId),
    })
    expect((await newest(ctx, 'credit_note.issued')).data).toMatchObject({
      kind: 'credit_note',
      credits_invoice_id: invoice.id,
      refund_id: refundId,
      gross: { amount_minor: 500, currency: 'USD' },
    })
  }))

test('the event of a top-up has the new balance, and so has that of its reversal', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { actor } = await givenAccount(ctx, { balanceMinor: 0n })
    const ann = await givenStaff(ctx, 'finance')
    const bob = await givenStaff(ctx, 'finance_approver')
    const transfer = { accountId: actor.accountId, amountMinor: 5_000n, currency: 'USD' }
    const id = await recordBankTransfer(ann, {
      ...transfer,
      bankReference: 'RE4711',
      note: 'on the statement',
    })
    const toppedUp = await newest(ctx, 'account.topped_up')
    expect(toppedUp).toMatchObject({ accountId: actor.accountId, subjectId: actor.accountId })
    expect(toppedUp.data).toEqual({
      id: actor.accountId,
      amount: { amount_minor: 5_000, currency: 'USD' },
      balance: { amount_minor: 5_000, currency: 'USD' },
      bank_transfer_id: id,
    })
    await proposeReversal(ann, { bankTransferId: id, reason: 'the bank took it back' })
    await approveReversal(bob, { bankTransferId: id })
    expect((await newest(ctx, 'account.top_up_reversed')).data).toMatchObject({
      amount: { amount_minor: -5_000, currency: 'USD' },
      balance: { amount_minor: 0, currency: 'USD' },
    })
  }))

test('the event of an alarm has no account, and has its facts and its severity', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await raiseAlarms(ctx, [{ kind: 'deposit_empty', subject: 'verisign-1', facts: { code: 2104 } }])
    const { id } = await tx.selectFrom('alarm').select('id').executeTakeFirstOrThrow()
    await publish(tx, ctx, 'alarm.opened', id)
    expect(await newest(ctx, 'alarm.opened')).toMatchObject({
      accountId: null,
      subjectId: id,
      data: {
        id,
        kind: 'deposit_empty',
        severity: 'urgent',
        subject: 'verisign-1',
        facts: { code: 2104 },
        raised_at: TIME,
      },
    })
  }))

test('times are those of UTC, whatever the session’s time zone is', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await sql`set local time zone 'Asia/Kathmandu'`.execute(tx)
    const { backorderId } = await givenSecured(ctx)
    const { secured_at } = await tx
      .selectFrom('backorder')
      .select('secured_at')
      .where('id', '=', backorderId)
      .executeTakeFirstOrThrow()
    const { data } = await newest(ctx, 'backorder.secured')
    expect(data).toMatchObject({ secured_at: secured_at?.toISOString() })
  }))

test('an event about a missing subject fails the whole transaction', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await expect(publish(tx, ctx, 'backorder.failed', ctx.newId())).rejects.toThrow('0 events of 1')
  }))

test('writing an event is planned once per connection', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId } = await givenSecured(ctx)
    for (let count = 0; count < 3; count += 1) await publish(tx, ctx, 'backorder.rescheduled', backorderId)
    const { rows } = await sql`
      select from pg_prepared_statements where statement ~ '^\\s*insert into event ' and statement ~ 'from unnest' and statement ~ 'join backorder'`.execute(
      tx,
    )
    expect(rows).toHaveLength(1)
  }))
