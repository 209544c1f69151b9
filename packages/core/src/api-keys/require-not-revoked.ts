import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Whether a key is revoked, or its account disabled: for a statement that reads more than that. */
export function isRevoked(keyId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from api_key as key join account on account.id = key.account_id
    where key.id = ${keyId} and (key.revoked_at is not null or account.disabled_at is not null))`
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
