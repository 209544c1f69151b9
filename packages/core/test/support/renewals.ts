import { sql } from 'kysely'
import type { AccountContext, Context } from '../../src/context.ts'
import { claimDueRequest } from '../../src/registry-requests/claim-due.ts'
import { orderRenewal } from '../../src/renewals/order.ts'
import { quoteRenewal } from '../../src/renewals/read.ts'
import { type RenewalSettlement, settleRenewal } from '../../src/renewals/settle.ts'
import { registrationOf } from './registration-of.ts'
import { REGISTRY_ACCOUNT } from './world.ts'

/** Quotes a renewal and orders it at that price. */
export async function quoteAndOrder(
  buyer: AccountContext,
  backorderId: string,
  payment: 'balance' | 'card' = 'balance',
  years = 1,
) {
  const registrationId = await registrationOf(buyer, backorderId)
  const { priceMinor, currency, expiresAt } = await quoteRenewal(buyer, { registrationId, years })
  return orderRenewal(buyer, { registrationId, years, payment, quoted: { priceMinor, currency, expiresAt } })
}

export type Result = 'renewed' | Extract<RenewalSettlement, { outcome: 'failed' }>['reason']

/** Claims the registry account's next request, whenever it is due, and settles the renewal with this result. False where there was none. */
export async function carryOut(ctx: Context, result: Result): Promise<boolean> {
  await sql`update registry_request set try_after = clock_timestamp() where state <> 'done'`.execute(ctx.db)
  const due = await claimDueRequest(ctx, REGISTRY_ACCOUNT)
  if (due?.kind !== 'renew') return false
  const { id: requestId, renewalId, registrationId, quotedExpiresAt, years } = due
  const common = { requestId, renewalId, registrationId, code: null, svTRID: null }
  const expiresAt = new Date(quotedExpiresAt)
  expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + years)
  await settleRenewal(
    ctx,
    result === 'renewed'
      ? { ...common, outcome: result, expiresAt }
      : { ...common, outcome: 'failed', reason: result },
  )
  return true
}
