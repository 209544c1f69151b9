import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import {
  AT,
  insertCreditNote,
  insertInvoice,
  insertInvoiceSaying,
  insertSeries,
  insertSuccess,
} from '../invoice-rows.ts'
import { insertBackorder, insertRefund } from '../rows.ts'
import type { Scene } from '../scene.ts'
import { insertRenewal } from './renewals.ts'

/** What keeps an invoice from being of another series, where another promise is to be seen. */
const ofSeries = [
  ['invoice', 'invoice_is_of_its_series'],
  ['invoice', 'invoice_number_follows'],
] as const
const ofSuccess = [['invoice', 'invoice_is_of_a_success']] as const

/** A renewal of the held name that was carried out. */
const insertRenewed = (scene: Scene) =>
  insertRenewal(scene, {
    state: 'successful',
    price_minor: 1_900n,
    paid_at: AT,
    new_expires_at: new Date('2028-11-24T12:00:00Z'),
  })

const ofRenewal = (scene: Scene) =>
  ({ backorder_id: null, service: 'renewal', name: scene.held.name }) as const

export const invoiceBreaches: readonly Breach[] = [
  {
    table: 'invoice',
    keeper: 'invoice_number_follows',
    promise: 'a number follows the last of its series: there is no gap',
    deed: (scene) => insertInvoice(scene, { sequence: 2 }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_number_follows',
    promise: 'a number is written as its series writes it',
    deed: (scene) => insertInvoice(scene, { number: 'INV-2026-1' }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_number_unique',
    promise: 'a number is given once',
    backstops: [
      ['invoice', 'invoice_number_follows'],
      ...ofSuccess,
      ['invoice', 'one_invoice_per_backorder'],
    ],
    deed: async (scene) => {
      const backorder_id = await insertSuccess(scene)
      await insertInvoice(scene, { backorder_id })
      await insertInvoice(scene, { backorder_id })
    },
  },
  {
    table: 'invoice',
    keeper: 'one_invoice_per_backorder',
    promise: 'a backorder has one invoice',
    deed: async (scene) => {
      const backorder_id = await insertSuccess(scene)
      await insertInvoice(scene, { backorder_id })
      await insertInvoice(scene, { backorder_id, sequence: 2 })
    },
  },
  {
    table: 'invoice',
    keeper: 'one_invoice_per_renewal',
    promise: 'a renewal has one invoice',
    deed: async (scene) => {
      const renewal_id = await insertRenewed(scene)
      await insertInvoice(scene, { ...ofRenewal(scene), renewal_id })
      await insertInvoice(scene, { ...ofRenewal(scene), renewal_id, sequence: 2, number: 'INV-2026-000002' })
    },
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_of_a_success',
    promise: 'an invoice of a renewal says so',
    deed: async (scene) =>
      insertInvoice(scene, {
        ...ofRenewal(scene),
        renewal_id: await insertRenewed(scene),
        service: 'registration',
      }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_service_known',
    promise: 'an invoice is of a registration or a renewal',
    backstops: ofSuccess,
    deed: (scene) => insertInvoiceSaying(scene, 'service', 'poem'),
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_of_a_success',
    promise: 'a failure has no invoice',
    deed: async (scene) => insertInvoice(scene, { backorder_id: await insertBackorder(scene) }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_of_a_success',
    promise: 'an invoice is of what was paid, not more',
    deed: (scene) => insertInvoice(scene, { gross_minor: 2_000n, net_minor: 2_000n }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_immutable',
    promise: 'an invoice is never changed',
    deed: async (scene) => {
      await insertInvoice(scene)
      await sql`update invoice set buyer_name = 'Somebody else'`.execute(scene.tx)
    },
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_immutable',
    promise: 'an invoice is never deleted',
    deed: async (scene) => {
      await insertInvoice(scene)
      await sql`delete from invoice`.execute(scene.tx)
    },
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_never_truncated',
    promise: 'invoices are never emptied out',
    deed: ({ tx }) => sql`truncate invoice`.execute(tx),
  },
  {
    table: 'invoice_series',
    keeper: 'series_moves_only_by_issuing',
    promise: 'a series does not move but by what is issued',
    deed: async (scene) => {
      await insertSeries(scene)
      await sql`update invoice_series set last_sequence = 7`.execute(scene.tx)
    },
  },
  {
    table: 'invoice_series',
    keeper: 'series_starts_at_nothing',
    refusesAs: 'series_moves_only_by_issuing',
    promise: 'a series starts with its first number',
    deed: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix, last_sequence) values ('invoice', 'live', 2026, 'X', 7)`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    keeper: 'invoice_series_pkey',
    promise: 'a year has one series of a kind',
    backstops: [['invoice', 'invoice_is_of_its_series']],
    deed: async (scene) => {
      await insertSeries(scene)
      await sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'live', 2026, 'X')`.execute(
        scene.tx,
      )
    },
  },
  {
    table: 'invoice_series',
    keeper: 'series_prefix_unique',
    promise: 'two series do not write the same numbers',
    deed: async (scene) => {
      await insertSeries(scene)
      await sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'live', 2027, 'INV-2026-')`.execute(
        scene.tx,
      )
    },
  },
  {
    table: 'invoice_series',
    keeper: 'test_series_says_so',
    promise: 'a number of a test says TEST',
    deed: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'test', 2026, 'INV-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    keeper: 'series_kind_known',
    promise: 'a series is of invoices or of credit notes',
    deed: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('poem', 'live', 2026, 'P-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    keeper: 'series_mode_known',
    promise: 'a series is live or of a test',
    deed: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'maybe', 2026, 'P-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice_series',
    keeper: 'series_year_has_four_digits',
    promise: 'a series is of a year',
    deed: ({ tx }) =>
      sql`insert into invoice_series (kind, mode, year, prefix) values ('invoice', 'live', 26, 'P-')`.execute(
        tx,
      ),
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_of_its_series',
    promise: 'an invoice is of a series',
    backstops: [['invoice', 'invoice_number_follows']],
    deed: (scene) => insertInvoice(scene, { mode: 'test' }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_of_its_year',
    promise: 'an invoice counts in the year in which it was issued',
    deed: (scene) => insertInvoice(scene, { issued_at: new Date('2027-01-01T00:00:00Z') }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_kind_known',
    promise: 'what is issued is an invoice or a credit note',
    backstops: [...ofSeries, ['invoice', 'invoice_has_one_subject']],
    deed: (scene) => insertInvoiceSaying(scene, 'kind', 'poem'),
  },
  {
    table: 'invoice',
    keeper: 'invoice_mode_known',
    promise: 'what is issued is live or of a test',
    backstops: ofSeries,
    deed: (scene) => insertInvoiceSaying(scene, 'mode', 'maybe'),
  },
  {
    table: 'invoice',
    keeper: 'invoice_has_one_subject',
    promise: 'an invoice is of something',
    backstops: ofSuccess,
    deed: (scene) => insertInvoice(scene, { backorder_id: null }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_is_of_years',
    promise: 'an invoice is of some years',
    deed: (scene) => insertInvoice(scene, { years: 0 }),
  },
  {
    table: 'invoice',
    keeper: 'service_period_ordered',
    promise: 'what was bought begins before it ends',
    deed: (scene) => insertInvoice(scene, { service_to: new Date(0) }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_gross_positive',
    promise: 'an invoice is of some amount',
    backstops: ofSuccess,
    deed: (scene) => insertInvoice(scene, { gross_minor: 0n, net_minor: 0n }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_tax_not_negative',
    promise: 'no tax is below zero',
    deed: (scene) => insertInvoice(scene, { net_minor: 1_901n, tax_minor: -1n }),
  },
  {
    table: 'invoice',
    keeper: 'invoice_adds_up',
    promise: 'net and tax are the gross',
    deed: (scene) => insertInvoice(scene, { tax_minor: 1n }),
  },
  {
    table: 'invoice',
    keeper: 'credit_notes_within_invoice',
    promise: 'credit notes take back no more than the invoice',
    deed: async (scene) => {
      const id = await insertInvoice(scene)
      await insertCreditNote(scene, id, { gross_minor: 1_901n, net_minor: 1_901n })
    },
  },
  {
    table: 'invoice',
    keeper: 'one_credit_note_per_refund',
    promise: 'a refund has one credit note',
    deed: async (scene) => {
      const id = await insertInvoice(scene)
      const refund_id = await insertRefund(scene)
      await insertCreditNote(scene, id, { refund_id })
      await insertCreditNote(scene, id, { refund_id, sequence: 2 })
    },
  },
  {
    table: 'invoice',
    keeper: 'credit_note_names_its_cause',
    promise: 'a credit note names its refund',
    deed: async (scene) => insertCreditNote(scene, await insertInvoice(scene), { refund_id: null }),
  },
  {
    table: 'invoice',
    keeper: 'credit_note_is_of_a_refund',
    promise: 'a credit note is of a refund that there is',
    deed: async (scene) =>
      insertCreditNote(scene, await insertInvoice(scene), { refund_id: scene.ctx.newId() }),
  },
  {
    table: 'invoice',
    keeper: 'credit_note_is_of_its_invoice',
    promise: 'a credit note has the currency of its invoice',
    deed: async (scene) => insertCreditNote(scene, await insertInvoice(scene), { currency: 'EUR' }),
  },
]
