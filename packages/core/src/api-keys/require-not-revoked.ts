import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Whether a key opens nothing: for a statement that reads `api_key` and its `account`. */
export const isShutOut = sql<boolean>`(api_key.revoked_at is not null or account.disabled_at is not null)`

/** Whether a key is revoked, or its account disabled: for a statement that reads more than that. */
export function isRevoked(keyId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from api_key join account on account.id = api_key.account_id
    where api_key.id = ${keyId} and ${isShutOut})`
}

/** What a request with a revoked key is refused as. */
export function keyRevoked(): Refusal {
  return new Refusal('unauthenticated', 'The API key is unknown or revoked, or its account is disabled.')
}

/** Throws Refusal('unauthenticated') where the caller's key was revoked while it waited for a lock: call it with that lock. */
export async function requireNotRevoked(tx: Transaction<Database>, keyId: string): Promise<void> {
  const { rows } = await sql<{ revoked: boolean }>`select ${isRevoked(keyId)} as revoked`.execute(tx)
  if (rows[0]?.revoked === true) throw keyRevoked()
}
