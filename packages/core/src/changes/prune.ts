import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** Readers look several times a second, and begin anew after two minutes without. */
const KEPT_SECONDS = 600

/** Removes notices of changes that nobody needs any more. Returns how many. */
export async function pruneNotices({ db }: Context): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from change_notice where noted_at < clock_timestamp() - make_interval(secs => ${KEPT_SECONDS})`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}
