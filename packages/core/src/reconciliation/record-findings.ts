import type { Finding } from '@droplock/rules/reconciliation/finding'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Run } from './run.ts'

/**
 * Records findings as items, one open item for each. An item that a person closed stays closed while the finding is unchanged; a
 * changed finding, or one whose item a run closed, is a new item. Returns the findings with an open item.
 */
export async function recordFindings(
  ctx: Context,
  run: Run,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (findings.length === 0) return []
  return inTransaction(ctx.db, async (tx) => {
    const open: Finding[] = []
    for (const finding of findings) if (await recordFinding(tx, ctx, run, finding)) open.push(finding)
    return open
  })
}

async function recordFinding(
  tx: Transaction<Database>,
  ctx: Context,
  run: Run,
  finding: Finding,
): Promise<boolean> {
  const facts = factsOf(finding)
  const seen = { last_seen_at: run.startedAt, last_seen_run: run.id }
  const { numUpdatedRows } = await itemsOf(tx, finding)
    .set({ ...facts, ...seen })
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return true
  if (await isAccepted(tx, finding, facts)) {
    await itemsOf(tx, finding).set(seen).where('id', '=', latestOf(finding)).execute()
    return false
  }
  const { side, source, kind, subject } = finding
  await tx
    .insertInto('reconciliation_item')
    .values({ id: ctx.newId(), side, source, kind, subject, ...facts, ...seen, first_seen_at: run.startedAt })
    .execute()
  return true
}

function itemsOf(tx: Transaction<Database>, { side, source, kind, subject }: Finding) {
  return tx
    .updateTable('reconciliation_item')
    .where('side', '=', side)
    .where('source', '=', source)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
}

function latestOf({ side, source, kind, subject }: Finding) {
  return sql<string>`(select id from reconciliation_item where side = ${side} and source = ${source}
    and kind = ${kind} and subject = ${subject} order by first_seen_at desc, id desc limit 1)`
}

/** Whether a person closed the finding's last item and the finding is unchanged since. */
async function isAccepted(
  tx: Transaction<Database>,
  finding: Finding,
  facts: ReturnType<typeof factsOf>,
): Promise<boolean> {
  const last = await tx
    .selectFrom('reconciliation_item')
    .select([
      'closed_by',
      'our_type',
      'our_id',
      'their_ids',
      'ours_minor',
      'ours_currency',
      'theirs_minor',
      'theirs_currency',
      'detail',
    ])
    .where('id', '=', latestOf(finding))
    .executeTakeFirst()
  if (last === undefined || last.closed_by === null) return false
  return Object.entries(facts).every(
    ([column, value]) => String(last[column as keyof typeof last]) === String(value),
  )
}

function factsOf({ ours, oursAmount, theirIds, theirsAmount, detail }: Finding) {
  return {
    our_type: ours?.type ?? null,
    our_id: ours?.id ?? null,
    their_ids: [...theirIds],
    ours_minor: oursAmount?.amountMinor ?? null,
    ours_currency: oursAmount?.currency ?? null,
    theirs_minor: theirsAmount?.amountMinor ?? null,
    theirs_currency: theirsAmount?.currency ?? null,
    detail,
  }
}
