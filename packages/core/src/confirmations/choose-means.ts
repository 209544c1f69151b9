import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { joinedFacts, type MeansFacts, meansColumns, putQuestions } from './put-questions.ts'

/** Suspects in one transaction: it holds the locks of their listings. */
const SUSPECTS_PER_BATCH_MAX = 200

/**
 * Puts the suspects that are due to their registries: those that were not asked about yet, and those whose request no catcher has
 * served in time. Handles one batch; call again while it returns more than 0. What is locked is left to the next call.
 */
export async function chooseMeans(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    // The listing is locked before its confirmation, as by everyone.
    const { rows } = await sql<MeansFacts>`
      select ${meansColumns} from confirmation ${joinedFacts}
      where confirmation.closed_at is null and confirmation.means is distinct from 'rdap'
        and confirmation.try_after <= statement_timestamp()
      order by confirmation.try_after limit ${SUSPECTS_PER_BATCH_MAX}
      for no key update of listing, confirmation skip locked`.execute(tx)
    const at = await databaseTime(tx)
    await putQuestions(
      tx,
      ctx,
      rows.map((row) => ({ ...row, at })),
    )
    return rows.length
  })
}
