import { may } from '@droplock/rules/staff'
import { requirePermission, type StaffContext } from '../context.ts'
import { type FoundName, findNames } from './find-names.ts'
import { type FoundRecord, findByIds, findByReference, findMoney } from './find-records.ts'

/** Of each kind: more is a list, which has filters. */
const OF_KIND_MAX = 8

/**
 * Finds names, orders, accounts, payments, refunds, invoices and bank transfers by what a person typed. What customers pay with is found by
 * those who may read it. Each kind is bounded, and found by an index (ADR 46). Throws Refusal('forbidden').
 */
export async function quickSearch(ctx: StaffContext, q: string): Promise<readonly FoundRecord[]> {
  requirePermission(ctx, 'console:read')
  const typed = q.trim()
  const money = may(ctx.actor.roles, 'money:read')
  const found = [
    ...(await findByIds(ctx.db, typed, { money, max: OF_KIND_MAX })),
    ...(await findNames(ctx.db, typed, OF_KIND_MAX)).map(recordOf),
    ...(money ? await findMoney(ctx.db, typed, OF_KIND_MAX) : []),
    ...(await findByReference(ctx.db, typed, OF_KIND_MAX)),
  ]
  return [...new Map(found.map((one) => [`${one.kind} ${one.id}`, one])).values()]
}

/** A name with an order is that order: its page has everything. */
function recordOf(found: FoundName): FoundRecord {
  const common = { text: found.name, reference: null, amountMinor: null, currency: null, at: found.dropFrom }
  if (found.backorderId === null)
    return { kind: 'listing', id: found.listingId, state: found.listingState, accountName: null, ...common }
  return {
    kind: 'backorder',
    id: found.backorderId,
    state: found.backorderState,
    accountName: found.accountName,
    ...common,
  }
}
