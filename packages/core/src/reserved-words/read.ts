import type { ReservedKind } from '@droplock/rules/reserved-words'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'

export type ReservedWordView = {
  readonly id: string
  readonly listName: string
  readonly kind: ReservedKind
  /** Null: all zones. */
  readonly zone: string | null
  readonly word: string
  readonly reason: string
  readonly addedAt: Date
  readonly addedBy: string
  readonly endedAt: Date | null
}

type ListReserved = Paging & {
  readonly listName?: string | undefined
  readonly q?: string | undefined
  readonly inForce?: boolean | undefined
}

/** Reserved words with those that ended, by list and word. Throws Refusal('forbidden'). */
export async function listReservedWords(
  ctx: OperatorContext,
  query: ListReserved,
): Promise<Listed<ReservedWordView>> {
  requirePermission(ctx, 'console:read')
  const { listName, q, inForce } = query
  let words = ctx.db
    .selectFrom('reserved_word')
    .innerJoin('reserved_list', 'reserved_list.id', 'added_by')
    .selectAll('reserved_word')
    .select('made_by')
  if (listName !== undefined) words = words.where('list_name', '=', listName)
  if (q !== undefined) words = words.where('word', '=', q)
  if (inForce !== undefined) words = words.where('ended_at', inForce ? 'is' : 'is not', null)
  const ordered = words.orderBy('list_name').orderBy('word').orderBy('reserved_word.id')
  return readListed(ctx.db, ordered, query, (word) => ({
    id: word.id,
    listName: word.list_name,
    kind: word.kind,
    zone: word.zone,
    word: word.word,
    reason: word.reason,
    addedAt: word.added_at,
    addedBy: word.made_by,
    endedAt: word.ended_at,
  }))
}
