import { AuditList } from '@droplock/contracts/console/audit'
import { Invoice, InvoiceList } from '@droplock/contracts/console/invoice'
import { Seller } from '@droplock/contracts/console/seller'
import { putBillingProfile } from '@droplock/core/billing/profile'
import { setSeller } from '@droplock/core/billing/seller'
import type { AccountContext } from '@droplock/core/context'
import { completeRefund } from '@droplock/core/refunds/complete'
import { beforeAll, describe, expect, test } from 'vitest'
import { givenDecided, NAME } from '../../../packages/core/test/support/held.ts'
import { BUYER, SELLER } from '../../../packages/core/test/support/invoices.ts'
import { paymentOf } from '../../../packages/core/test/support/payment-of.ts'
import { givenStaff, PRICE_MINOR } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { inHours, sellerTerms } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

// In order: without a seller, with one, an invoice is issued, some of it is refunded.

const UNKNOWN_ID = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

const world = useWorld()
let backorderId: string
let buyer: AccountContext
let finance: Person
let approver: Person

beforeAll(async () => {
  ;({ backorderId, buyer } = await givenDecided(world.ctx, 'registered'))
  finance = await givenPerson(world, 'finance')
  approver = await givenPerson(world, 'finance_approver')
})

const post = (who: Person, path: string, body: unknown) => who.send({ method: 'POST', path, body })
const issue = (of: object, reason = 'asked for by telephone') =>
  post(finance, '/api/invoices', { ...of, reason })
const set = (changes: object = {}, reason = 'the new year') =>
  post(approver, '/api/seller', { ...sellerTerms, ...changes, reason })
const seller = async () => expectBody(await finance.send({ path: '/api/seller' }), 200, Seller)
const find = async (query: string) =>
  expectBody(await finance.send({ path: `/api/invoices?${query}` }), 200, InvoiceList)

describe('the seller', () => {
  test('is shown as not set, and nothing is issued until it is', async () => {
    expect(await seller()).toEqual({ database_mode: 'test' })
    await expectProblem(await issue({ backorder_id: backorderId }), 'billing_profile_missing')
    await putBillingProfile(buyer, BUYER)
    await expectProblem(await issue({ backorder_id: backorderId }), 'unavailable')
  })

  test('is set by an approver, with a reason, in the mode of the database, and the audit has before and after', async () => {
    await expectProblem(await set({}, ' '), 'reason_required')
    await expectProblem(await set({ mode: 'live' }), 'invalid_request')
    await expectProblem(await set({ tax_basis_points: 10_001 }), 'invalid_request')
    await expectProblem(await set({ country: 'Ireland' }), 'invalid_request')
    await expectProblem(await set({ address: ['1 Some Street\nSome Town'] }), 'invalid_request')
    await expectProblem(await post(finance, '/api/seller', { ...sellerTerms, reason: 'x' }), 'forbidden')
    expect((await seller()).seller).toBeUndefined()
    const terms = { ...sellerTerms, mode: 'test' }
    expect(await expectBody(await set(), 200, Seller)).toMatchObject({ seller: terms })
    expect(await expectBody(await set({ tax_note: 'Reverse charge' }), 200, Seller)).toMatchObject({
      seller: { ...terms, tax_note: 'Reverse charge' },
    })
    const audit = await finance.send({ path: '/api/audit?subject_type=seller' })
    const members = { legal_name: 'Droplock Ltd', address: '1 Some Street\nSome Town', mode: 'test' }
    expect((await expectBody(audit, 200, AuditList)).items).toMatchObject([
      {
        action: 'seller.set',
        actor_id: approver.id,
        reason: 'the new year',
        before: { ...members, tax_note: null },
        after: { ...members, tax_note: 'Reverse charge' },
      },
      { action: 'seller.set', after: members },
    ])
  })
})

describe('an invoice', () => {
  test('is issued by finance once, on the rules of a request, and audited', async () => {
    await expectProblem(await issue({ backorder_id: backorderId }, ' '), 'reason_required')
    await expectProblem(await issue({ backorder_id: UNKNOWN_ID }), 'backorder_not_found')
    await expectProblem(await issue({ renewal_id: UNKNOWN_ID }), 'renewal_not_found')
    await expectProblem(await issue({}), 'invalid_request')
    await expectProblem(await issue({ backorder_id: UNKNOWN_ID, renewal_id: UNKNOWN_ID }), 'invalid_request')
    const answer = await issue({ backorder_id: backorderId })
    const invoice = await expectBody(answer, 201, Invoice)
    expect(answer.headers.get('Location')).toBe(`/api/invoices/${invoice.id}`)
    expect(invoice).toMatchObject({
      kind: 'invoice',
      mode: 'test',
      account_id: buyer.actor.accountId,
      buyer_name: BUYER.legalName,
      service: 'registration',
      name: NAME,
      backorder_id: backorderId,
      gross: usd(Number(PRICE_MINOR)),
      credited: usd(0),
    })
    expect(await expectBody(await issue({ backorder_id: backorderId }), 200, Invoice)).toEqual(invoice)
    const audit = await finance.send({ path: '/api/audit?subject_type=invoice' })
    expect((await expectBody(audit, 200, AuditList)).items).toMatchObject([
      {
        action: 'invoice.issued',
        subject_id: invoice.id,
        actor_id: finance.id,
        reason: 'asked for by telephone',
        after: { number: invoice.number, name: NAME },
      },
    ])
  })

  test('has its credit notes beside it, and is found by number, name, account, kind, order and time', async () => {
    const person = await givenStaff(world.ctx, 'finance')
    const paymentId = await paymentOf(world.ctx, backorderId)
    const refund = { paymentId, amountMinor: 400n, reasonCode: 'goodwill', note: 'sorry' } as const
    await completeRefund(person, refund)
    const { items, total } = await find(`backorder_id=${backorderId}&sort=number&order=asc`)
    expect(total).toBe(2)
    const [note, invoice] = items
    expect(note).toMatchObject({
      kind: 'credit_note',
      credits_invoice_id: invoice?.id,
      credits_number: invoice?.number,
      gross: usd(400),
      credited: usd(0),
    })
    expect(invoice).toMatchObject({ kind: 'invoice', credited: usd(400) })
    const totals = async (queries: readonly string[]) =>
      Promise.all(queries.map(async (query) => (await find(query)).total))
    const found = [
      `q=${invoice?.number.slice(-11).toLowerCase()}&kind=invoice`,
      'kind=credit_note',
      `account_id=${buyer.actor.accountId}&kind=invoice`,
      `q=${NAME}&kind=invoice`,
      `from=${inHours(-1)}&to=${inHours(1)}&kind=invoice`,
    ]
    expect(await totals(found)).toEqual([1, 1, 1, 1, 1])
    const others = [
      `to=${inHours(-1)}`,
      `from=${inHours(1)}`,
      `account_id=${UNKNOWN_ID}`,
      `renewal_id=${UNKNOWN_ID}`,
    ]
    expect(await totals([...others, 'q=nothing'])).toEqual([0, 0, 0, 0, 0])
  })
})

describe('what was issued', () => {
  test('opens as the page and the PDF that its customer has, which fetch and run nothing', async () => {
    const [invoice] = (await find('kind=invoice')).items
    const path = `/api/invoices/${invoice?.id}`
    const one = await expectBody(await finance.send({ path }), 200, Invoice)
    expect(one).toEqual(invoice)
    const html = await finance.send({ path: `${path}/html` })
    expect(html.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(html.headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.*sandbox$/,
    )
    expect(html.headers.get('Cache-Control')).toContain('no-store')
    expect(await html.text()).toContain(BUYER.legalName)
    const pdf = await finance.send({ path: `${path}/pdf` })
    expect(pdf.headers.get('Content-Type')).toBe('application/pdf')
    expect(pdf.headers.get('Content-Disposition')).toBe(`attachment; filename="${invoice?.number}.pdf"`)
    expect(pdf.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox")
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    for (const end of ['', '/html', '/pdf']) {
      const none = await finance.send({ path: `/api/invoices/${UNKNOWN_ID}${end}` })
      await expectProblem(none, 'invoice_not_found')
    }
  })

  test('once issued, the database stays a test or live: a seller of the other mode is not set', async () => {
    await setSeller(world.ctx, { ...SELLER, mode: 'live' })
    expect(await seller()).toMatchObject({ database_mode: 'test', seller: { mode: 'live' } })
    expect(await expectProblem(await set(), 'seller_mode_is_final')).toMatchObject({ mode: 'live' })
  })
})
