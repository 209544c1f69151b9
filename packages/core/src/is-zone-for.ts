import { type RawBuilder, sql } from 'kysely'

/** Whether the row `zone` of `zone` is for this account: the sandbox of another account is not, nor is the zone of which all are copies. */
export function isZoneFor(accountId: string): RawBuilder<boolean> {
  return sql<boolean>`(not zone.is_sandbox or zone.sandbox_account_id = ${accountId}::uuid)`
}
