import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'
import {
  AT,
  insertCreditNote,
  insertInvoice,
  insertInvoiceSaying,
  insertSeries,
  insertSuccess,
} from '../invoice-rows.ts'
import { insertBackorder, insertRefund } from '../rows.ts'
import { insertRenewal } from './renewals.ts'

/** Constraints about the series of an invoice, dropped where another one is tested. */
const ofSeries = [
  ['invoice', 'invoice_is_of_its_series'],
  ['invoice', 'invoice_number_follows'],
] as const
const ofSuccess = [['invoice', 'invoice_is_of_a_success']] as const

/** A renewal of the held name that was carried out. */
const insertRenewed = (fixture: Fixture) =>
  insertRenewal(fixture, {
    state: 'successful',
    price_minor: 1_900n,
    paid_at: AT,
    new_expires_at: new Date('2028-11-24T12:00:00Z'),
  })

const ofRenewal = (fixture: Fixture) =>
  ({ backorder_id: null, service: 'renewal', name: fixture.held.name }) as const

export const invoiceViolations: readonly Violation[] = [
  {
    table: 'invoice',
    constraint: 'invoice_number_follows',
    guarantee: 'a number follows the last of its series: there is no gap',
    violate: (fixture) => insertInvoice(fixture, { sequence: 2 }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_number_follows',
    guarantee: 'a number is written as its series writes it',
    violate: (fixture) => insertInvoice(fixture, { number: 'INV-2026-1' }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_number_unique',
    guarantee: 'a number is used once',
    backstops: [
      ['invoice', 'invoice_number_follows'],
      ...ofSuccess,
      ['invoice', 'one_invoice_per_backorder'],
    ],
    violate: async (fixture) => {
      const backorder_id = await insertSuccess(fixture)
      await insertInvoice(fixture, { backorder_id })
      await insertInvoice(fixture, { backorder_id })
    },
  },
  {
    table: 'invoice',
    constraint: 'one_invoice_per_backorder',
    guarantee: 'a backorder has one invoice',
    violate: async (fixture) => {
      const backorder_id = await insertSuccess(fixture)
      await insertInvoice(fixture, { backorder_id })
      await insertInvoice(fixture, { backorder_id, sequence: 2 })
    },
  },
  {
    table: 'invoice',
    constraint: 'one_invoice_per_renewal',
    guarantee: 'a renewal has one invoice',
    violate: async (fixture) => {
      const renewal_id = await insertRenewed(fixture)
      await insertInvoice(fixture, { ...ofRenewal(fixture), renewal_id })
      await insertInvoice(fixture, {
        ...ofRenewal(fixture),
        renewal_id,
        sequence: 2,
        number: 'INV-2026-000002',
      })
    },
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_of_a_success',
    guarantee: 'an invoice of a renewal refers to it',
    violate: async (fixture) =>
      insertInvoice(fixture, {
        ...ofRenewal(fixture),
        renewal_id: await insertRenewed(fixture),
        service: 'registration',
      }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_service_known',
    guarantee: 'an invoice is of a registration or a renewal',
    backstops: ofSuccess,
    violate: (fixture) => insertInvoiceSaying(fixture, 'service', 'poem'),
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_of_a_success',
    guarantee: 'a failed order has no invoice',
    violate: async (fixture) => insertInvoice(fixture, { backorder_id: await insertBackorder(fixture) }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_of_a_success',
    guarantee: 'an invoice is for the amount that was paid',
    violate: (fixture) => insertInvoice(fixture, { gross_minor: 2_000n, net_minor: 2_000n }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_immutable',
    guarantee: 'an invoice is never changed',
    violate: async (fixture) => {
      await insertInvoice(fixture)
      await sql`update invoice set buyer_name = 'Somebody else'`.execute(fixture.tx)
    },
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_immutable',
    guarantee: 'an invoice is never deleted',
    violate: async (fixture) => {
      await insertInvoice(fixture)
      await sql`delete from invoice`.execute(fixture.tx)
    },
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_never_truncated',
    guarantee: 'invoices cannot be truncated',
    violate: ({ tx }) => sql`truncate invoice`.execute(tx),
  },
  {
    table: 'invoice_series',
    constraint: 'series_moves_only_by_issuing',
    guarantee: 'a series advances only when a document is issued',
    violate: async (fixture) => {
      await insertSeries(fixture)
      await sql`update invoice_series set last_sequence = 7`.execute(fixture.tx)
    },
  },
  {
    table: 'invoice_series',
    constraint: 'series_starts_at_nothing',
    refusesAs: 'series_moves_only_by_issuing',
    guarantee: 'a series starts with its first number',
    violate: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix, last_sequence) values ('invoice', 'live', 2026, 'X', 7)`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    constraint: 'invoice_series_pkey',
    guarantee: 'a year has one series of a kind',
    backstops: [['invoice', 'invoice_is_of_its_series']],
    violate: async (fixture) => {
      await insertSeries(fixture)
      await sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'live', 2026, 'X')`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'invoice_series',
    constraint: 'series_prefix_unique',
    guarantee: 'two series do not write the same numbers',
    violate: async (fixture) => {
      await insertSeries(fixture)
      await sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'live', 2027, 'INV-2026-')`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'invoice_series',
    constraint: 'test_series_says_so',
    guarantee: 'a number in test mode contains TEST',
    violate: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'test', 2026, 'INV-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    constraint: 'series_kind_known',
    guarantee: 'a series is of invoices or of credit notes',
    violate: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('poem', 'live', 2026, 'P-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    constraint: 'series_mode_known',
    guarantee: 'a series is in live or test mode',
    violate: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'maybe', 2026, 'P-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    constraint: 'series_year_has_four_digits',
    guarantee: 'a series is of a year',
    violate: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'live', 26, 'P-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_of_its_series',
    guarantee: 'an invoice is of a series',
    backstops: [['invoice', 'invoice_number_follows']],
    violate: (fixture) => insertInvoice(fixture, { mode: 'test' }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_of_its_year',
    guarantee: 'an invoice counts in the year in which it was issued',
    violate: (fixture) => insertInvoice(fixture, { issued_at: new Date('2027-01-01T00:00:00Z') }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_kind_known',
    guarantee: 'what is issued is an invoice or a credit note',
    backstops: [...ofSeries, ['invoice', 'invoice_has_one_subject']],
    violate: (fixture) => insertInvoiceSaying(fixture, 'kind', 'poem'),
  },
  {
    table: 'invoice',
    constraint: 'invoice_mode_known',
    guarantee: 'a document is in live or test mode',
    backstops: ofSeries,
    violate: (fixture) => insertInvoiceSaying(fixture, 'mode', 'maybe'),
  },
  {
    table: 'invoice',
    constraint: 'invoice_has_one_subject',
    guarantee: 'the amount of an invoice is above zero',
    backstops: ofSuccess,
    violate: (fixture) => insertInvoice(fixture, { backorder_id: null }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_is_of_years',
    guarantee: 'an invoice is of some years',
    violate: (fixture) => insertInvoice(fixture, { years: 0 }),
  },
  {
    table: 'invoice',
    constraint: 'service_period_ordered',
    guarantee: 'what was bought begins before it ends',
    violate: (fixture) => insertInvoice(fixture, { service_to: new Date(0) }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_gross_positive',
    guarantee: 'an invoice is of some amount',
    backstops: ofSuccess,
    violate: (fixture) => insertInvoice(fixture, { gross_minor: 0n, net_minor: 0n }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_tax_not_negative',
    guarantee: 'no tax is below zero',
    violate: (fixture) => insertInvoice(fixture, { net_minor: 1_901n, tax_minor: -1n }),
  },
  {
    table: 'invoice',
    constraint: 'invoice_adds_up',
    guarantee: 'net and tax are the gross',
    violate: (fixture) => insertInvoice(fixture, { tax_minor: 1n }),
  },
  {
    table: 'invoice',
    constraint: 'credit_notes_within_invoice',
    guarantee: 'credit notes take back no more than the invoice',
    violate: async (fixture) => {
      const id = await insertInvoice(fixture)
      await insertCreditNote(fixture, id, { gross_minor: 1_901n, net_minor: 1_901n })
    },
  },
  {
    table: 'invoice',
    constraint: 'one_credit_note_per_refund',
    guarantee: 'a refund has one credit note',
    violate: async (fixture) => {
      const id = await insertInvoice(fixture)
      const refund_id = await insertRefund(fixture)
      await insertCreditNote(fixture, id, { refund_id })
      await insertCreditNote(fixture, id, { refund_id, sequence: 2 })
    },
  },
  {
    table: 'invoice',
    constraint: 'credit_note_names_its_cause',
    guarantee: 'a credit note names its refund',
    violate: async (fixture) => insertCreditNote(fixture, await insertInvoice(fixture), { refund_id: null }),
  },
  {
    table: 'invoice',
    constraint: 'credit_note_is_of_a_refund',
    guarantee: 'a credit note is of a refund that there is',
    violate: async (fixture) =>
      insertCreditNote(fixture, await insertInvoice(fixture), { refund_id: fixture.ctx.newId() }),
  },
  {
    table: 'invoice',
    constraint: 'credit_note_is_of_its_invoice',
    guarantee: 'a credit note has the currency of its invoice',
    violate: async (fixture) => insertCreditNote(fixture, await insertInvoice(fixture), { currency: 'EUR' }),
  },
]
