import { type Kysely, sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { Lease } from '../leases.ts'
import { moveTries } from './tries.ts'

type AttemptCommand = 'create' | 'info' | 'fee_check' | 'rdap'

/**
 * One command for a target, as evidence: times by our clock, code and texts from the registry. `rdap` is HTTP and its code the HTTP
 * status; the others are EPP.
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

/** Records attempts as evidence. One that is recorded again (a journal replay) changes nothing: its clTRID is the key. */
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

/**
 * Marks targets whose create was accepted as an application (1001): the award comes hours later. Until then only `info` is sent,
 * also by a successor, and no create. Throws LeaseLost.
 */
export async function markAwaitingAward(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<void> {
  await moveTries(ctx, targetIds, { from: ['firing', 'ambiguous'], to: 'awaiting_award' }, lease)
}

/**
 * Marks firing targets ambiguous: a create was sent and its answer is unknown. Nothing is refunded until `info` shows who holds the
 * name. Throws LeaseLost.
 */
export async function markAmbiguous(
  ctx: Context,
  targetIds: readonly string[],
  lease?: Lease,
): Promise<void> {
  await moveTries(ctx, targetIds, { from: ['firing'], to: 'ambiguous' }, lease)
}

/**
 * Marks ambiguous targets as firing again: `info` has shown that the unanswered create registered nothing. Until then a moved schedule
 * or a skipped day leaves them as they are. Throws LeaseLost.
 */
export async function resumeFiring(ctx: Context, targetIds: readonly string[], lease?: Lease): Promise<void> {
  await moveTries(ctx, targetIds, { from: ['ambiguous'], to: 'firing' }, lease)
}
