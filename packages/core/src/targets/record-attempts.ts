import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

export type AttemptCommand = 'create' | 'info' | 'fee_check' | 'rdap'

/**
 * One command for a target, as evidence: times by our clock, code and texts by the registry. All but `rdap` are EPP; that one's
 * code is the HTTP status.
 */
export type Attempt = {
  readonly clTRID: string
  readonly targetId: string
  readonly registryAccountId: string
  readonly command: AttemptCommand
  readonly sentAt: Date
  readonly answeredAt: Date | null
  /** First octet sent to last octet received, by the monotonic clock. */
  readonly roundTripUs: number | null
  readonly outcome: 'answered' | 'not_sent' | 'unknown'
  readonly code: number | null
  readonly message: string | null
  readonly svTRID: string | null
}

/** Keeps attempts as evidence. Repeating one (a journal replay) changes nothing: clTRID is its key. */
export async function recordAttempts(db: Kysely<Database>, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return
  await sql`
    insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, answered_at, round_trip_us,
      outcome, code, message, svtrid)
    select * from unnest(
      ${attempts.map((each) => each.clTRID)}::text[], ${attempts.map((each) => each.targetId)}::uuid[],
      ${attempts.map((each) => each.registryAccountId)}::text[], ${attempts.map((each) => each.command)}::text[],
      ${attempts.map((each) => each.sentAt)}::timestamptz[], ${attempts.map((each) => each.answeredAt)}::timestamptz[],
      ${attempts.map((each) => each.roundTripUs)}::integer[], ${attempts.map((each) => each.outcome)}::text[],
      ${attempts.map((each) => each.code)}::integer[], ${attempts.map((each) => each.message)}::text[],
      ${attempts.map((each) => each.svTRID)}::text[])
    on conflict on constraint catch_attempt_pkey do nothing`.execute(db)
}
