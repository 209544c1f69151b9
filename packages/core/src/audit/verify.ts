import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

export type AuditVerification = {
  readonly entries: number
  /** The first entry that is not what it was, or `null` where all are. */
  readonly broken: { readonly seq: number; readonly fault: 'hash_differs' | 'missing' | 'cut_off' } | null
}

/** Recomputes the chain from its first entry to its head. */
export async function verifyAuditChain(db: Kysely<Database>): Promise<AuditVerification> {
  throw new Error(`not built yet ${String(db)}`)
}
