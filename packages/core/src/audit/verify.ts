import type { Kysely } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { entryHash } from './chain.ts'

/** Entries per query: enough that round trips do not matter. */
const ENTRIES_PER_BATCH = 1_000

/** Breaks reported one by one; beyond this a person reads the table. */
const BREAKS_REPORTED_MAX = 1_000

/**
 * `hash_differs`: the entry is not what was hashed. `unlinked`: it does not follow the entry before it, which was hashed again.
 * `missing`: entries from `seq` on are gone. `cut_off`: all entries from `seq` to the end are gone.
 */
type Break = {
  readonly seq: number
  readonly fault: 'hash_differs' | 'unlinked' | 'missing' | 'cut_off'
}

export type AuditVerification = {
  /** Entries that were checked. */
  readonly entries: number
  /** Where the chain was changed, in order; the first `BREAKS_REPORTED_MAX` places. */
  readonly breaks: readonly Break[]
  readonly breaksTotal: number
}

type Link = { readonly seq: bigint; readonly hash: Buffer | null }

/**
 * Recomputes the chain from its first entry to the head as it is when the call begins. Each entry is compared with its own hash and
 * with the stored hash of the entry before, so that one break does not hide later ones.
 */
export async function verifyAuditChain(db: Kysely<Database>): Promise<AuditVerification> {
  const head = await db.selectFrom('audit_chain').select(['seq', 'hash']).executeTakeFirstOrThrow()
  const found = new Breaks()
  let entries = 0
  let last: Link = { seq: 0n, hash: null }
  while (last.seq < head.seq) {
    const batch = await readBatch(db, last.seq, head.seq)
    for (const entry of batch) {
      found.addAll(faultsOf(entry, last))
      last = entry
    }
    entries += batch.length
    if (batch.length === 0) break
  }
  if (last.seq < head.seq) found.addAll([{ seq: Number(last.seq) + 1, fault: 'cut_off' }])
  else if (!sameHash(last.hash, head.hash)) found.addAll([{ seq: Number(last.seq), fault: 'unlinked' }])
  return { entries, breaks: found.reported, breaksTotal: found.total }
}

/** The chain as it is now, for a person. Throws Refusal('forbidden'). */
export async function checkAuditChain(ctx: StaffContext): Promise<AuditVerification> {
  requirePermission(ctx, 'audit:read')
  return verifyAuditChain(ctx.db)
}

export class Breaks {
  readonly reported: Break[] = []
  total = 0

  addAll(breaks: readonly Break[]): void {
    this.total += breaks.length
    this.reported.push(...breaks.slice(0, BREAKS_REPORTED_MAX - this.reported.length))
  }
}

type Entry = Awaited<ReturnType<typeof readBatch>>[number]

function faultsOf(entry: Entry, last: Link): readonly Break[] {
  const seq = Number(entry.seq)
  const breaks: Break[] = []
  if (entry.seq !== last.seq + 1n) breaks.push({ seq: Number(last.seq) + 1, fault: 'missing' })
  else if (!sameHash(entry.prev_hash, last.hash)) breaks.push({ seq, fault: 'unlinked' })
  if (!entryHash(entry.prev_hash, entry).equals(entry.hash)) breaks.push({ seq, fault: 'hash_differs' })
  return breaks
}

function sameHash(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b)
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
