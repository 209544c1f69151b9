import { expect, test } from 'vitest'
import { getBillingProfile, putBillingProfile } from '../../src/billing/profile.ts'
import { setSeller } from '../../src/billing/seller.ts'
import { requestInvoice } from '../../src/invoices/issue.ts'
import { getInvoice, listInvoices } from '../../src/invoices/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenDecided, givenSecured, NAME } from '../support/held.ts'
import { BUYER, givenInvoice, givenInvoiceable, givenSuccesses, SELLER } from '../support/invoices.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import { contextOf, givenAccount, PRICE_MINOR } from '../support/world.ts'

test('a success is invoiced for what was paid, with buyer, seller, name, year and tax', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenInvoiceable(ctx)
    const { invoice, isNew } = await requestInvoice(buyer, { backorderId })
    const { settled_at: settledAt } = await tx
      .selectFrom('backorder')
      .select('settled_at')
      .where('id', '=', backorderId)
      .executeTakeFirstOrThrow()
    expect(isNew).toBe(true)
    const year = invoice.issuedAt.getUTCFullYear()
    expect(invoice).toMatchObject({
      kind: 'invoice',
      mode: 'live',
      number: `INV-${year}-000001`,
      backorderId,
      creditsInvoiceId: null,
      refundId: null,
      seller: { name: SELLER.legalName, taxId: SELLER.taxId },
      buyer: { name: BUYER.legalName, address: BUYER.address, country: 'DE', taxId: BUYER.taxId },
      line: { of: 'registration', name: NAME, nameUnicode: NAME, years: 1, serviceFrom: settledAt },
      currency: 'USD',
      grossMinor: PRICE_MINOR,
      netMinor: 1_545n,
      taxMinor: 355n,
      taxBasisPoints: 2_300,
    })
    expect(await getInvoice(buyer, invoice.id)).toEqual(invoice)
    const events = await tx
      .selectFrom('event')
      .select('subject_id')
      .where('topic', '=', 'invoice.issued')
      .execute()
    expect(events).toEqual([{ subject_id: invoice.id }])
  }))

test('a repeated request returns the same invoice, and takes no number', () =>
  rolledBack(async (tx) => {
    const { buyer, backorderId, invoice } = await givenInvoice(contextOf(tx))
    expect(await requestInvoice(buyer, { backorderId })).toEqual({ invoice, isNew: false })
    const series = await tx.selectFrom('invoice_series').select('last_sequence').execute()
    expect(series).toEqual([{ last_sequence: 1 }])
  }))

test('before the result and after a failure there is no invoice', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenSecured(ctx)
    await putBillingProfile(buyer, BUYER)
    await setSeller(ctx, SELLER)
    await expect(requestInvoice(buyer, { backorderId })).rejects.toMatchObject({
      code: 'invoice_not_available',
      facts: { state: 'backordered' },
    })
  }))

test('a failed backorder has no invoice', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'lost')
    await putBillingProfile(buyer, BUYER)
    await setSeller(ctx, SELLER)
    await expect(requestInvoice(buyer, { backorderId })).rejects.toMatchObject({
      code: 'invoice_not_available',
    })
    expect(await tx.selectFrom('invoice').selectAll().execute()).toEqual([])
  }))

test('without a billing profile or a seller nothing is issued and no number is taken', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenDecided(ctx, 'registered')
    await expect(getBillingProfile(buyer)).rejects.toMatchObject({ code: 'billing_profile_missing' })
    await expect(requestInvoice(buyer, { backorderId })).rejects.toMatchObject({
      code: 'billing_profile_missing',
    })
    await putBillingProfile(buyer, BUYER)
    await expect(requestInvoice(buyer, { backorderId })).rejects.toMatchObject({ code: 'unavailable' })
    expect(await tx.selectFrom('invoice_series').selectAll().execute()).toEqual([])
  }))

test('later changes of buyer and seller do not change an issued invoice', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, invoice } = await givenInvoice(ctx)
    const moved = { ...BUYER, legalName: 'Another Name', taxId: null }
    await putBillingProfile(buyer, moved)
    await setSeller(ctx, { ...SELLER, taxBasisPoints: 0, taxNote: 'Reverse charge' })
    expect(await getBillingProfile(buyer)).toMatchObject(moved)
    expect(await getInvoice(buyer, invoice.id)).toEqual(invoice)

    const [next = ''] = await givenSuccesses(ctx, buyer, 1)
    expect((await requestInvoice(buyer, { backorderId: next })).invoice).toMatchObject({
      buyer: { name: 'Another Name', taxId: null },
      taxMinor: 0n,
      taxNote: 'Reverse charge',
    })
  }))

test('invoices of a test database say TEST, and have a series of their own', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, invoice } = await givenInvoice(ctx, { mode: 'test' })
    const year = invoice.issuedAt.getUTCFullYear()
    expect(invoice).toMatchObject({ mode: 'test', number: `TEST-INV-${year}-000001` })
    await setSeller(ctx, SELLER)
    const [next = ''] = await givenSuccesses(ctx, buyer, 1)
    expect((await requestInvoice(buyer, { backorderId: next })).invoice.number).toBe(`INV-${year}-000001`)
  }))

test("another account's backorder and invoice are as if they were not there", () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, invoice } = await givenInvoice(ctx)
    const other = await givenAccount(ctx)
    await putBillingProfile(other, BUYER)
    await expect(requestInvoice(other, { backorderId })).rejects.toMatchObject({
      code: 'backorder_not_found',
    })
    await expect(getInvoice(other, invoice.id)).rejects.toMatchObject({ code: 'invoice_not_found' })
    expect(await listInvoices(other, { limit: 10 })).toEqual({ items: [] })
  }))

test('invoices are listed newest first, page by page', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, invoice } = await givenInvoice(ctx)
    const [second = ''] = await givenSuccesses(ctx, buyer, 1)
    const newer = (await requestInvoice(buyer, { backorderId: second })).invoice
    const first = await listInvoices(buyer, { limit: 1 })
    expect(first).toEqual({ items: [newer], next: newer.id })
    expect(await listInvoices(buyer, { limit: 1, after: newer.id })).toEqual({ items: [invoice] })
  }))

test('a renewal has an invoice of its own, for its years and its period, once it has succeeded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer, backorderId } = await givenInvoiceable(ctx)
    const { id: renewalId } = await quoteAndOrder(buyer, backorderId, 'balance', 2)
    await expect(requestInvoice(buyer, { renewalId })).rejects.toMatchObject({
      code: 'invoice_not_available',
      facts: { state: 'paid' },
    })
    await carryOut(ctx, 'renewed')
    const { invoice } = await requestInvoice(buyer, { renewalId })
    const renewal = await tx.selectFrom('renewal').selectAll().executeTakeFirstOrThrow()
    expect(invoice).toMatchObject({
      backorderId: null,
      renewalId,
      line: {
        of: 'renewal',
        name: NAME,
        years: 2,
        serviceFrom: renewal.quoted_expires_at,
        serviceTo: renewal.new_expires_at,
      },
      grossMinor: renewal.price_minor,
    })
    expect(await requestInvoice(buyer, { renewalId })).toEqual({ invoice, isNew: false })
    expect((await requestInvoice(buyer, { backorderId })).invoice).toMatchObject({
      backorderId,
      line: { of: 'registration' },
    })
    const other = await givenAccount(ctx)
    await expect(requestInvoice(other, { renewalId })).rejects.toMatchObject({ code: 'renewal_not_found' })
  }))
