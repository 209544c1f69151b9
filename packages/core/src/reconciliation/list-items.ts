import type { FindingKind, FindingSide } from '@droplock/rules/reconciliation/finding'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type ReconciliationItem, toItem } from './item-view.ts'
import { selectItems } from './select-items.ts'

export type ListItems = Paging & {
  readonly sort: Sorting<'firstSeenAt' | 'lastSeenAt'>
  readonly side?: FindingSide
  readonly kind?: FindingKind
  /** Left out: both. */
  readonly isOpen?: boolean
}

const columns = { firstSeenAt: 'first_seen_at', lastSeenAt: 'last_seen_at' } as const

/** What does not agree: the queue of finance, and what became of it. Throws Refusal('forbidden'). */
export async function listReconciliationItems(
  ctx: StaffContext,
  { side, kind, isOpen, sort, ...page }: ListItems,
): Promise<Listed<ReconciliationItem>> {
  requirePermission(ctx, 'console:read')
  let items = selectItems(ctx)
  if (side !== undefined) items = items.where('side', '=', side)
  if (kind !== undefined) items = items.where('kind', '=', kind)
  if (isOpen !== undefined) items = items.where('closed_at', isOpen ? 'is' : 'is not', null)
  const sorted = items.orderBy(columns[sort.field], sort.order).orderBy('reconciliation_item.id', sort.order)
  return readListed(sorted, page, toItem)
}
