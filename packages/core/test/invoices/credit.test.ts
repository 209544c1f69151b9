import type { Transaction } from 'kysely'
import { expect, test } from 'vitest'
import { putBillingProfile } from '../../src/billing/profile.ts'
import { setSeller } from '../../src/billing/seller.ts'
import type { AccountContext, Context, StaffContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { requestInvoice } from '../../src/invoices/issue.ts'
import { listInvoices } from '../../src/invoices/read.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { rejectRefund } from '../../src/refunds/reject.ts'
import { retryRefund } from '../../src/refunds/retry.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { deliver, hold, pay, sendRefunds } from '../support/cards.ts'
import { dropAll } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { BUYER, givenInvoice, givenInvoiceable, SELLER } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../support/world.ts'

const manual = { reasonCode: 'goodwill', note: 'a late answer' } as const

async function givenFinance(ctx: Context) {
  return { ann: await givenStaff(ctx, 'finance'), bob: await givenStaff(ctx, 'finance_approver') }
}

/** Proposed by one, approved by another. */
async function refund(
  { ann, bob }: { ann: StaffContext; bob: StaffContext },
  backorderId: string,
  amountMinor: bigint,
): Promise<string> {
  const paymentId = await paymentOf(ann, backorderId)
  const id = await proposeRefund(ann, { ...manual, paymentId, amountMinor })
  await lookAndApprove(bob, id)
  return id
}

async function creditNotes(buyer: AccountContext) {
  const { items } = await listInvoices(buyer, { limit: 20 })
  return items.filter((item) => item.kind === 'credit_note').toReversed()
}

/** An invoiced order that was paid by card. */
async function givenInvoicedByCard(tx: Transaction<Database>) {
  const ctx = contextOf(tx)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['wanted.test'] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const provider = new FakeProvider()
  const held = await hold(buyer, provider, 'wanted.test')
  await pay(ctx, provider, held.providerId)
  await dropAll(ctx, 'registered')
  await setSeller(ctx, SELLER)
  await putBillingProfile(buyer, BUYER)
  const { invoice } = await requestInvoice(buyer, { backorderId: held.id })
  return { ctx, buyer, provider, backorderId: held.id, invoice, ...(await givenFinance(ctx)) }
}

test('a refund of an invoiced order issues a credit note in its transaction, and leaves the invoice as it is', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId, invoice } = await givenInvoice(ctx)
    const people = await givenFinance(ctx)
    const refundId = await refund(people, backorderId, 500n)
    const [note, ...others] = await creditNotes(buyer)
    expect(others).toEqual([])
    expect(note).toMatchObject({
      kind: 'credit_note',
      number: `CN-${invoice.issuedAt.getUTCFullYear()}-000001`,
      creditsInvoiceId: invoice.id,
      creditsNumber: invoice.number,
      refundId,
      backorderId: null,
      buyer: invoice.buyer,
      seller: invoice.seller,
      line: invoice.line,
      grossMinor: 500n,
      netMinor: 407n,
      taxMinor: 93n,
    })
    expect((await requestInvoice(buyer, { backorderId })).invoice).toEqual(invoice)
    const events = await tx
      .selectFrom('event')
      .select('subject_id')
      .where('topic', '=', 'credit_note.issued')
      .execute()
    expect(events).toEqual([{ subject_id: note?.id }])
    expect(await proveInvariants(people.ann)).toMatchObject({ holds: true })
  }))

test('credit notes over the whole invoice add up to exactly its net and its tax, whatever the parts', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId, invoice } = await givenInvoice(ctx)
    const people = await givenFinance(ctx)
    for (const part of [333n, 333n, 333n, PRICE_MINOR - 999n]) await refund(people, backorderId, part)
    const notes = await creditNotes(buyer)
    const sum = (of: (note: (typeof notes)[number]) => bigint) =>
      notes.reduce((total, note) => total + of(note), 0n)
    expect(notes).toHaveLength(4)
    expect(sum((note) => note.netMinor)).toBe(invoice.netMinor)
    expect(sum((note) => note.taxMinor)).toBe(invoice.taxMinor)
  }))

test('a proposed or rejected refund issues no credit note', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenInvoice(ctx)
    const { ann, bob } = await givenFinance(ctx)
    const proposal = { ...manual, paymentId: await paymentOf(ctx, backorderId), amountMinor: 500n }
    const id = await proposeRefund(ann, proposal)
    await rejectRefund(bob, { refundId: id, note: 'no' })
    await proposeRefund(ann, proposal)
    expect(await creditNotes(buyer)).toEqual([])
  }))

test('a refund by a single approver has its credit note too', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenInvoice(ctx)
    const { ann } = await givenFinance(ctx)
    const paymentId = await paymentOf(ctx, backorderId)
    const id = await completeRefund(ann, { ...manual, paymentId, amountMinor: 500n })
    expect(await creditNotes(buyer)).toMatchObject([{ refundId: id, grossMinor: 500n }])
  }))

test('without an invoice a refund issues no credit note; it comes with an invoice that is requested later', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenInvoiceable(ctx)
    const people = await givenFinance(ctx)
    const id = await refund(people, backorderId, 500n)
    const paymentId = await paymentOf(ctx, backorderId)
    await proposeRefund(people.ann, { ...manual, paymentId, amountMinor: 100n })
    expect(await listInvoices(buyer, { limit: 20 })).toEqual({ items: [] })
    const { invoice } = await requestInvoice(buyer, { backorderId })
    expect(invoice).toMatchObject({ grossMinor: PRICE_MINOR })
    expect(await creditNotes(buyer)).toMatchObject([{ refundId: id, grossMinor: 500n }])
  }))

test('a refund to a card gets its credit note when the money has arrived, and not before', () =>
  rolledBack(async (tx) => {
    const { ctx, buyer, provider, backorderId, ...people } = await givenInvoicedByCard(tx)
    const id = await refund(people, backorderId, 500n)
    expect(await creditNotes(buyer)).toEqual([])
    await sendRefunds(ctx, provider)
    expect(await creditNotes(buyer)).toMatchObject([{ refundId: id, grossMinor: 500n }])
  }))

test('a refund that the bank returned and that is retried has one credit note, of its first attempt', () =>
  rolledBack(async (tx) => {
    const { ctx, buyer, provider, backorderId, ann, bob } = await givenInvoicedByCard(tx)
    const id = await refund({ ann, bob }, backorderId, 500n)
    await sendRefunds(ctx, provider)
    for (const sent of provider.refunds.keys()) provider.moveRefund(sent, 'failed')
    await deliver(ctx, provider)
    await retryRefund(ann, { refundId: id, note: 'the card works again' })
    await sendRefunds(ctx, provider)
    const states = await tx.selectFrom('refund').select('state').orderBy('id').execute()
    expect(states).toEqual([{ state: 'failed' }, { state: 'succeeded' }])
    expect(await creditNotes(buyer)).toMatchObject([{ refundId: id, grossMinor: 500n }])
    expect(await proveInvariants(ann)).toMatchObject({ holds: true })
  }))

test('a refund that failed before it arrived gets its credit note with the retry, under its own id', () =>
  rolledBack(async (tx) => {
    const { ctx, buyer, provider, backorderId, ann, bob } = await givenInvoicedByCard(tx)
    const id = await refund({ ann, bob }, backorderId, 500n)
    provider.refundFate = 'declined'
    await sendRefunds(ctx, provider)
    expect(await creditNotes(buyer)).toEqual([])
    const elsewhere = await retryRefund(ann, { refundId: id, note: 'as they asked', destination: 'balance' })
    await lookAndApprove(bob, elsewhere)
    expect(await creditNotes(buyer)).toMatchObject([{ refundId: id, grossMinor: 500n }])
  }))
