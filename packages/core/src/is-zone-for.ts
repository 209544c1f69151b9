import { type RawBuilder, sql } from 'kysely'

/**
 * Whether the row `zone` of `zone` is for this account, by its id or a column that has it: the sandbox of another account is not, nor is the
 * zone of which all are copies.
 */
export function isZoneFor(account: string | RawBuilder<unknown>): RawBuilder<boolean> {
  const id = typeof account === 'string' ? sql`${account}::uuid` : account
  return sql<boolean>`(not zone.is_sandbox or zone.sandbox_account_id = ${id})`
}
