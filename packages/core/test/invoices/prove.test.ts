import { sql, type Transaction } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/tables.gen.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { requestInvoice } from '../../src/invoices/issue.ts'
import { proveBooks } from '../../src/reconciliation/run.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { dropConstraint } from '../constraints/catalog.ts'
import { givenInvoice } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import { contextOf, givenStaff } from '../support/world.ts'

/** Invoices of an order and of its renewal, and two credit notes of the order, of which the proof finds nothing to say. */
async function givenIssued(tx: Transaction<Database>) {
  const ctx = contextOf(tx)
  const { buyer, backorderId } = await givenInvoice(ctx)
  const { id: renewalId } = await quoteAndOrder(buyer, backorderId)
  await carryOut(ctx, 'renewed')
  await requestInvoice(buyer, { renewalId })
  const ann = await givenStaff(ctx, 'finance')
  const paymentId = await paymentOf(ctx, backorderId)
  for (const amountMinor of [300n, 200n]) {
    await completeRefund(ann, {
      paymentId,
      amountMinor,
      reasonCode: 'goodwill',
      note: 'a late answer',
    })
  }
  const broken = async () =>
    (await proveInvariants(ann)).invariants.filter(({ violations }) => violations > 0)
  return { broken }
}

type Break = readonly [
  what: string,
  invariant: string,
  constraints: readonly (readonly [table: string, constraint: string])[],
  statements: readonly string[],
]

/** The constraints are dropped first, so that the proof finds something. */
const breaks: readonly Break[] = [
  [
    'a credit note of more than is left',
    'credit_notes_stay_within_their_invoices',
    [
      ['invoice', 'credit_notes_within_invoice'],
      ['invoice', 'one_credit_note_per_refund'],
    ],
    [
      `insert into invoice select (jsonb_populate_record(invoice, jsonb_build_object('id', gen_random_uuid(),
          'sequence', sequence + 1, 'number', replace(number, '000002', '000003'),
          'gross_minor', 1601, 'net_minor', 1601, 'tax_minor', 0))).*
        from invoice where kind = 'credit_note' and sequence = 2`,
    ],
  ],
  [
    'a number that does not follow',
    'invoice_numbers_have_no_gap',
    [
      ['invoice', 'invoice_number_follows'],
      ['invoice', 'one_invoice_per_renewal'],
    ],
    [
      `insert into invoice select (jsonb_populate_record(invoice, jsonb_build_object('id', gen_random_uuid(),
          'sequence', 9, 'number', replace(number, '000002', '000009')))).*
        from invoice where kind = 'invoice' and sequence = 2`,
    ],
  ],
  [
    'an invoice that was taken away',
    'invoice_numbers_have_no_gap',
    [['invoice', 'invoice_is_immutable']],
    [`delete from invoice where kind = 'invoice' and sequence = 2`],
  ],
  [
    'a series that moved by itself',
    'invoice_numbers_have_no_gap',
    [['invoice_series', 'series_moves_only_by_issuing']],
    [`update invoice_series set last_sequence = last_sequence + 1 where kind = 'credit_note'`],
  ],
  [
    'a credit note of another refund',
    'refunds_of_invoiced_orders_are_credited',
    [
      ['invoice', 'invoice_is_immutable'],
      ['invoice', 'credit_note_is_of_a_refund'],
    ],
    [`update invoice set refund_id = gen_random_uuid() where kind = 'credit_note' and sequence = 2`],
  ],
  [
    'a credit note of another amount',
    'refunds_of_invoiced_orders_are_credited',
    [['invoice', 'invoice_is_immutable']],
    [
      `update invoice set gross_minor = gross_minor - 1, net_minor = net_minor - 1
        where kind = 'credit_note' and sequence = 2`,
    ],
  ],
]

test.each(breaks)('%s is found as %s, and nothing else is', (_, invariant, constraints, statements) =>
  rolledBack(async (tx) => {
    const { broken } = await givenIssued(tx)
    expect(await broken()).toEqual([])
    await sql`set constraints all immediate`.execute(tx)
    for (const [table, constraint] of constraints) await dropConstraint(tx, table, constraint)
    for (const statement of statements) await sql.raw(statement).execute(tx)
    expect(await broken()).toEqual([{ name: invariant, violations: 1 }])
    expect(await proveBooks(contextOf(tx))).toMatchObject([{ kind: 'broken', subject: invariant }])
  }),
)
