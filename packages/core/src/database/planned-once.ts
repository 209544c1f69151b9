import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './tables.gen.ts'
import { inTransaction } from './transaction.ts'

/**
 * The rows of a read whose plan does not depend on its values, although the planner thinks so and would plan it each time: for a look at
 * many small tables planning takes three times as long as looking. It is planned once for a connection.
 */
export async function readPlannedOnce<Row>(
  db: Kysely<Database>,
  query: RawBuilder<Row>,
): Promise<readonly Row[]> {
  return inTransaction(db, async (tx) => {
    await sql`set local plan_cache_mode = force_generic_plan`.execute(tx)
    return (await query.execute(tx)).rows
  })
}
