import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { entryHash } from './chain.ts'

/** Entries read at once: enough that round trips do not count. */
const ENTRIES_PER_BATCH = 1_000

export type Broken = { readonly seq: number; readonly fault: 'hash_differs' | 'missing' | 'cut_off' }

export type AuditVerification = {
  readonly entries: number
  /** The first entry that is not what it was, or `null` where all are. */
  readonly broken: Broken | null
}

/**
 * Recomputes the chain from its first entry to the head as it is when the call begins. Finds a changed entry, a missing one,
 * and a chain that was cut off at its end.
 */
export async function verifyAuditChain(db: Kysely<Database>): Promise<AuditVerification> {
  const head = await db.selectFrom('audit_chain').select(['seq', 'hash']).executeTakeFirstOrThrow()
  let seq = 0n
  let hash: Buffer | null = null
  while (seq < head.seq) {
    const batch = await readBatch(db, seq, head.seq)
    if (batch.length === 0) return failed(seq, 'cut_off')
    for (const entry of batch) {
      if (entry.seq !== seq + 1n) return failed(seq, 'missing')
      const expected = entryHash(hash, entry)
      if (!expected.equals(entry.hash)) return failed(seq, 'hash_differs')
      seq = entry.seq
      hash = expected
    }
  }
  const whole = hash === null ? head.hash === null : head.hash?.equals(hash) === true
  return whole ? { entries: Number(seq), broken: null } : failed(seq - 1n, 'hash_differs')
}

async function readBatch(db: Kysely<Database>, after: bigint, to: bigint) {
  return db
    .selectFrom('audit_entry')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', to)
    .orderBy('seq')
    .limit(ENTRIES_PER_BATCH)
    .execute()
}

/** `sound` is the last entry that is as it was. */
function failed(sound: bigint, fault: Broken['fault']): AuditVerification {
  return { entries: Number(sound), broken: { seq: Number(sound) + 1, fault } }
}
