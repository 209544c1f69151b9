import { type Month, type OpenItemKind, requireClosable, requireExplained } from '@droplock/rules/months'
import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { postingsOf, readFigures } from '../months/figures.ts'
import { examineMonth, requireMonth } from '../months/read.ts'
import { insertProposal } from './internal.ts'

type ProposeMonthClose = {
  readonly month: Month
  /** Of what this person saw (see `getMonth`). */
  readonly hash: string
  readonly explained: readonly {
    readonly kind: OpenItemKind
    readonly id: string
    readonly explanation: string
  }[]
  readonly note: string
}

/**
 * Proposes to close a month of the books; another person decides, and the month stays open until then. Returns the proposal's id. Throws
 * Refusal: forbidden, reason_required, month_not_found, month_not_closable, month_changed, open_items_unexplained, proposal_open,
 * try_again.
 */
export async function proposeMonthClose(ctx: StaffContext, proposed: ProposeMonthClose): Promise<string> {
  requirePermission(ctx, 'months:propose')
  const reason = requireReason(proposed.note)
  const { month, explained } = proposed
  return inTransaction(ctx.db, async (tx) => {
    await requireMonth(tx, month)
    const balances = await readFigures(tx, month)
    const { items, facts, hash } = await examineMonth(tx, month, balances)
    requireClosable(facts, await databaseTime(tx))
    if (hash !== proposed.hash)
      throw new Refusal('month_changed', 'The month differs from what you saw.', { month })
    requireExplained(items, explained)
    const explanations = explained.map(({ kind, id, explanation }) => [`${kind} ${id}`, explanation.trim()])
    return insertProposal(tx, ctx, {
      kind: 'month_close',
      subject: month,
      terms: {
        month,
        hash,
        postings: postingsOf(balances).toString(),
        open_items: items.length.toString(),
        ...Object.fromEntries(explanations),
      },
      reason,
    })
  })
}
