import { sql, type Transaction } from 'kysely'
import type { Database } from './database/tables.gen.ts'

/** Chosen once; other programs on the same database use other numbers. */
const TERMS_LOCK = 7_021_733_403

/**
 * Locks which price rules and reserved words are in force, for a transaction that changes them: it waits for batches that add or
 * rewrite listings, and the next ones see what it changed. First in the lock order, before zones and listings. Nobody who orders waits.
 */
export async function lockTerms(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TERMS_LOCK})`.execute(tx)
}

/** Keeps rules and words as they are until a batch that adds or rewrites listings is committed. */
export async function keepTerms(tx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${TERMS_LOCK})`.execute(tx)
}
