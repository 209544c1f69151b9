import { sql, type Transaction } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type StaffContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { exportInvoices } from '../../src/exports/export-invoices.ts'
import { exportLedger } from '../../src/exports/export-ledger.ts'
import { exportRefunds } from '../../src/exports/export-refunds.ts'
import { toAmount, writeRows } from '../../src/exports/write.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { disableStaff } from '../../src/staff/administer.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { givenDecided } from '../support/held.ts'
import { givenInvoice } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { contextOf, givenAccount, givenStaff } from '../support/world.ts'

const all = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') }

/** Postings of one instant and of instants a microsecond apart, more than two pages of them. */
async function givenPostings(tx: Transaction<Database>, sets: number) {
  const { actor } = await givenAccount(contextOf(tx), { balanceMinor: 0n })
  await sql`
    insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency, posted_at)
    select 'top_up', cause_id, line, case line when 1 then 'provider_clearing' else 'customer_balance' end, ${actor.accountId},
      case line when 1 then -100 else 100 end, 'USD',
      timestamptz '2026-11-24T12:00:00Z' + (number % 3) * interval '1 microsecond'
    from (select gen_random_uuid() as cause_id, number from generate_series(1, ${sets}) as number) as sets,
      generate_series(1, 2) as line`.execute(tx)
}

async function linesOf(pieces: AsyncGenerator<string>): Promise<{ lines: readonly string[]; pages: number }> {
  let text = ''
  let pages = 0
  for await (const piece of pieces) {
    text += piece
    pages += 1
  }
  return { lines: text.trimEnd().split('\r\n').slice(1), pages: pages - 1 }
}

async function finance(tx: Transaction<Database>): Promise<StaffContext> {
  return givenStaff(contextOf(tx), 'finance')
}

test('no posting is lost or repeated where a page ends, although many share an instant', () =>
  rolledBack(async (tx) => {
    await givenPostings(tx, 1_100)
    const { lines, pages } = await linesOf(exportLedger(await finance(tx), all))
    expect(pages).toBe(3)
    expect(lines).toHaveLength(2_200)
    const keys = lines.map((line) => line.split(',').slice(1, 4).join(' '))
    expect(new Set(keys).size).toBe(2_200)
  }))

test('a file ends when the person who reads it is disabled', () =>
  rolledBack(async (tx) => {
    await givenPostings(tx, 1_100)
    const reader = await finance(tx)
    const pieces = exportLedger(reader, all)
    await pieces.next()
    await pieces.next()
    await disableStaff(asService(contextOf(tx)), { staffId: reader.actor.staffId, reason: 'left' })
    await expect(pieces.next()).rejects.toMatchObject({ code: 'session_required' })
  }))

test('no refund is lost where a page ends', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDecided(ctx, 'lost')
    for (const name of ['refunds_within_captured', 'one_automatic_refund_per_cause'])
      await dropByName(tx, name)
    await sql`insert into refund (id, payment_id, cause, state, destination, amount_minor, currency, created_at)
      select gen_random_uuid(), payment_id, 'late_payment', 'approved', 'balance', 1, 'USD', created_at
      from refund, generate_series(1, 1500)`.execute(tx)
    const { lines, pages } = await linesOf(exportRefunds(await finance(tx), all))
    expect(pages).toBe(2)
    expect(new Set(lines.map((line) => line.split(',')[2])).size).toBe(1_501)
  }))

/** Constraints that would make the fixture a long one to play honestly. */
async function dropByName(tx: Transaction<Database>, name: string) {
  await sql`alter table refund disable trigger user`.execute(tx)
  await sql`drop index if exists ${sql.id(name)}`.execute(tx)
}

test('only roles with the permission may export', () =>
  rolledBack(async (tx) => {
    const operator = await givenStaff(contextOf(tx), 'operator')
    expect(() => exportLedger(operator, all)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(() => exportRefunds(operator, all)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  }))

test('the export has invoices and credit notes with their numbers, and credit notes are negative', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, invoice } = await givenInvoice(ctx)
    const finance = await givenStaff(ctx, 'finance')
    const refundId = await proposeRefund(finance, {
      paymentId: await paymentOf(ctx, backorderId),
      amountMinor: 500n,
      reasonCode: 'goodwill',
      note: 'sorry',
    })
    await lookAndApprove(await givenStaff(ctx, 'finance_approver'), refundId)
    let text = ''
    const period = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') }
    for await (const piece of exportInvoices(finance, period)) text += piece
    const [, first = '', second = '', ...more] = text.split('\r\n')
    expect(first).toContain(`,${invoice.number},invoice,live,`)
    expect(first).toContain(',19.00,USD,23,')
    expect(second).toContain(',credit_note,live,-')
    expect(second).toContain(',-5.00,USD,23,')
    expect(second).toContain(`,${invoice.number},`)
    expect(more).toEqual([''])
    const operator = await givenStaff(ctx, 'operator')
    expect(() => exportInvoices(operator, period)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  }))

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
  'a text that begins like a formula is inert: %j',
  (text) => {
    expect(writeRows([[text]]).replaceAll('"', '')).toBe(`'${text}\r\n`)
  },
)

test('amounts keep their minus, and have the decimals of their currency', () => {
  const row = [toAmount(-1_234n, 'USD'), toAmount(-5n, 'EUR'), toAmount(1_200n, 'JPY'), -7]
  expect(writeRows([row])).toBe('-12.34,-0.05,1200,-7\r\n')
})

test('quotes, commas, line ends and other scripts survive; null is empty', () => {
  const row = ['a "b", c', 'two\nlines', '域名', null, new Date('2026-11-24T12:00:00.123Z')]
  expect(writeRows([row])).toBe('"a ""b"", c","two\nlines",域名,,2026-11-24T12:00:00.123Z\r\n')
})
