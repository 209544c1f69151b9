import { boundsOf, type Month, openItemKinds, requireClosable } from '@droplock/rules/months'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { StaffContext } from '../context.ts'
import type { Database, JsonValue } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { lockBooks } from '../locks.ts'
import { balancesHash, countPostings, type MonthBalance, postingsOf, readFigures } from './figures.ts'
import { examineMonth } from './read.ts'

type CloseAsProposed = {
  readonly month: Month
  /** What the proposal is bound to (see `previewHash`). */
  readonly hash: string
  readonly terms: JsonValue
  readonly reason: string
  readonly proposalId: string
}

/**
 * Closes a month as it was proposed: keeps its trial balance, and nothing is posted before its end from then on. It is not reopened;
 * corrections go to the open month. Throws Refusal: month_not_closable, month_changed.
 */
export async function closeAsProposed(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { month, hash, terms, reason, proposalId }: CloseAsProposed,
): Promise<void> {
  // Read before the lock, which all who post wait for; afterwards it is enough to count.
  const seen = await readFigures(tx, month)
  await lockBooks(tx)
  const isSame = (await countPostings(tx, month)) === postingsOf(seen)
  const balances = isSame ? seen : await readFigures(tx, month)
  const { facts, hash: current } = await examineMonth(tx, month, balances)
  const now = await databaseTime(tx)
  requireClosable(facts, now)
  if (hash !== current)
    throw new Refusal(
      'month_changed',
      'Other items are open, or the figures differ from what was proposed.',
      {
        month,
      },
    )
  const first = `${month}-01`
  const sha256 = balancesHash(month, balances)
  const closed = {
    month: first,
    ends_at: boundsOf(month).endsAt,
    proposal_id: proposalId,
    closed_at: now,
    sha256: Buffer.from(sha256, 'hex'),
  }
  await tx.insertInto('closed_month').values(closed).execute()
  await insertBalances(tx, first, balances)
  const items = explainedIn(terms).map((item) => ({ month: first, ...item }))
  if (items.length > 0) await tx.insertInto('closed_month_item').values(items).execute()
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'month.closed',
    subjectType: 'month',
    subjectId: month,
    reason,
    after: {
      proposal_id: proposalId,
      sha256,
      postings: postingsOf(balances).toString(),
      open_items: items.length,
    },
  })
}

async function insertBalances(
  tx: Transaction<Database>,
  month: string,
  balances: readonly MonthBalance[],
): Promise<void> {
  if (balances.length === 0) return
  const rows = balances.map((balance) => ({
    month,
    currency: balance.currency,
    ledger_account: balance.ledgerAccount,
    opening_minor: balance.openingMinor,
    debit_minor: balance.debitMinor,
    credit_minor: balance.creditMinor,
    closing_minor: balance.closingMinor,
    postings: BigInt(balance.postings),
  }))
  await tx.insertInto('closed_balance').values(rows).execute()
}

/** The members of the terms that are named by an open item: `refund 0198…`. */
export function explainedIn(terms: JsonValue) {
  return Object.entries(Object(terms)).flatMap(([name, explanation]) => {
    const [kind, item_id] = name.split(' ')
    const known = openItemKinds.find((each) => each === kind)
    return known === undefined || item_id === undefined
      ? []
      : [{ kind: known, item_id, explanation: String(explanation) }]
  })
}
