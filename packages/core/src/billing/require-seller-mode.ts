import type { InvoiceMode } from '@droplock/rules/invoices/number'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from '../context.ts'

/**
 * Nothing is served on a database whose seller is of the other mode: real money would have invoices that say TEST, or play
 * money invoices that look real. Throws Refusal('seller_of_other_mode'): one line, for which a server ends.
 */
export async function requireSellerMode({ db }: Context, mode: InvoiceMode): Promise<void> {
  const seller = await db.selectFrom('seller').select('mode').executeTakeFirst()
  if (seller === undefined || seller.mode === mode) return
  throw new Refusal(
    'seller_of_other_mode',
    `invoices: DATABASE_MODE makes this database ${mode}, and its seller is set for ${seller.mode}; correct the one that is wrong`,
  )
}
