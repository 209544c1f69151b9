import type { InvoiceMode } from '@droplock/rules/invoices/number'
import type { Context } from '../context.ts'

/**
 * Nothing is served on a database whose seller is of the other mode: real money would have invoices that say TEST, or play
 * money invoices that look real. Throws Error: one line, for which the process ends.
 */
export async function requireSellerMode({ db }: Context, mode: InvoiceMode): Promise<void> {
  const seller = await db.selectFrom('seller').select('mode').executeTakeFirst()
  if (seller === undefined || seller.mode === mode) return
  throw new Error(
    `invoices: DATABASE_MODE makes this database ${mode}, and its seller is set for ${seller.mode}; correct the one that is wrong`,
  )
}
