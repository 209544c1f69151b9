import { sql } from 'kysely'
import type { Context } from '../context.ts'

export type NextDrop = {
  readonly registryAccountId: string
  /** Until the earliest window of an armed target opens; below zero while it is open. */
  readonly seconds: number
}

/** When each registry account has to catch next; accounts with nothing armed are left out. */
export async function readNextDrops(ctx: Context): Promise<readonly NextDrop[]> {
  const { rows } = await sql<NextDrop>`
    select account.id as "registryAccountId", extract(epoch from min(target.drop_from) - statement_timestamp())::float8 as seconds
    from catch_target as target join registry_account as account on account.registry_id = target.registry_id
    where target.state = 'armed' group by account.id`.execute(ctx.db)
  return rows
}
