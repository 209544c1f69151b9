import {
  type InvoiceKind,
  type InvoiceMode,
  type InvoiceSeries,
  invoiceNumber,
  seriesPrefix,
} from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'

type AllocatedNumber = InvoiceSeries & {
  readonly sequence: number
  readonly number: string
  readonly issuedAt: Date
}

/**
 * The next number of a series, whose row stays locked until the transaction ends; in the lock order only event delivery and later ones
 * follow. Inserting the invoice advances the series (`invoice_number_follows`), so a rollback leaves no gap. Throws Refusal('try_again')
 * at the turn of the year.
 */
export async function allocateNumber(
  tx: Transaction<Database>,
  kind: InvoiceKind,
  mode: InvoiceMode,
): Promise<AllocatedNumber> {
  const series = { kind, mode, year: (await databaseTime(tx)).getUTCFullYear() }
  const prefix = seriesPrefix(series)
  await tx
    .insertInto('invoice_series')
    .values({ ...series, prefix })
    .onConflict((conflict) => conflict.columns(['kind', 'mode', 'year']).doNothing())
    .execute()
  const { last_sequence: last } = await tx
    .selectFrom('invoice_series')
    .select('last_sequence')
    .where('kind', '=', kind)
    .where('mode', '=', mode)
    .where('year', '=', series.year)
    .forUpdate()
    .executeTakeFirstOrThrow()
  // After the lock, so that times run in the order of the numbers.
  const issuedAt = await databaseTime(tx)
  if (issuedAt.getUTCFullYear() !== series.year) {
    throw new Refusal('try_again', 'A new year has just begun. Please try again.')
  }
  return { ...series, sequence: last + 1, number: invoiceNumber(prefix, last + 1), issuedAt }
}
