import type { AuditAction, AuditSubject } from '@droplock/rules/audit-actions'
import { toWellFormed } from '@droplock/rules/text'
import { sql, type Transaction } from 'kysely'
import { type Author, nameOf } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database, JsonObject, JsonValue } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { entryHash, type Facts, isList } from './chain.ts'
import { requireActive } from './require-active.ts'

type AuditRecord = {
  /** The operator, or the person of an account; left out, the service itself. */
  readonly by?: Author | undefined
  readonly action: AuditAction
  readonly subjectType: AuditSubject
  readonly subjectId: string
  readonly reason?: string | undefined
  readonly before?: Facts | undefined
  readonly after?: Facts | undefined
}

/**
 * Adds an entry to the audit chain, in the transaction of the change. Call it last: it holds the chain's lock, the last of the lock
 * order, to the end of the transaction. Text is made well-formed before it is hashed. Throws Refusal('session_required') where the
 * person was disabled meanwhile: then nothing of the change is kept.
 */
export async function recordAudit(tx: Transaction<Database>, record: AuditRecord): Promise<void> {
  noteWork(tx)
  if (record.by?.kind === 'staff') await requireActive(tx, record.by.staffId)
  const head = await lockChain(tx)
  // After the lock, so that times run in the order of the chain.
  const at = await databaseTime(tx)
  const before = parse(record.before)
  const after = parse(record.after)
  const entry = {
    seq: head.seq + 1n,
    at,
    actor_kind: record.by?.kind === 'staff' ? 'staff' : 'system',
    actor_id: record.by?.kind === 'staff' ? record.by.staffId : null,
    actor_name: toWellFormed(nameOf(record.by)),
    action: record.action,
    subject_type: record.subjectType,
    subject_id: toWellFormed(record.subjectId),
    reason: record.reason === undefined ? null : toWellFormed(record.reason),
  } as const
  const hash = entryHash(head.hash, { ...entry, before, after })
  await tx
    .insertInto('audit_entry')
    .values({ ...entry, before: asJsonb(before), after: asJsonb(after), prev_hash: head.hash, hash })
    .execute()
  await tx.updateTable('audit_chain').set({ seq: entry.seq, hash }).execute()
}

async function lockChain(tx: Transaction<Database>) {
  return tx.selectFrom('audit_chain').select(['seq', 'hash']).forUpdate().executeTakeFirstOrThrow()
}

/** Through JSON text, so that what is hashed equals what is read back. */
function parse(facts: Facts | undefined): JsonValue {
  return facts === undefined ? null : toStorable(JSON.parse(toJson(facts)))
}

/** Makes every text well-formed, member names too: a lone surrogate would be stored as another character than was hashed. */
function toStorable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return toWellFormed(value)
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(toStorable)
  const members = Object.entries(value).map(([key, member]) => [
    toWellFormed(key),
    toStorable(member ?? null),
  ])
  return Object.fromEntries(members)
}

function asJsonb(value: JsonValue) {
  return value === null ? null : sql<JsonObject>`${JSON.stringify(value)}::jsonb`
}

/** Facts as JSON: dates as ISO 8601 in UTC, amounts as text (a JSON number holds no more than 53 bits). */
function toJson(facts: Facts): string {
  // A replacer sees a Date as the text its toJSON made of it.
  return JSON.stringify(facts, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}
