import { sql, type Transaction } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import {
  type Answer,
  type GivenAnswer,
  type KeyedRequest,
  lockOf,
  requestRunning,
  requireSameContent,
} from './keyed-request.ts'

/**
 * Does the work of a request once for its Idempotency-Key, and gives its answer as often as it is asked for. The answer is written in the
 * transaction of the work: `work` gets it as the context's `db`, and may be called again after a deadlock. What `work` throws is thrown
 * and not stored, and nothing was written; the same request is then tried anew.
 *
 * First in lock order: the key is locked before anything else, and nobody waits for it. Throws Refusal: insufficient_scope,
 * request_in_progress, idempotency_key_reused, try_again, and what `work` throws. ADR 23.
 */
export async function answerOnce(
  ctx: AccountContext,
  request: KeyedRequest,
  work: (ctx: AccountContext) => Promise<Answer>,
): Promise<GivenAnswer> {
  requireScope(ctx, request.scope)
  return inTransaction(ctx.db, async (tx) => {
    const stored = await takeKey(tx, ctx, request)
    if (stored !== undefined) return { ...stored, replayed: true }
    const answer = await work({ ...ctx, db: tx })
    await storeAnswer(tx, ctx, request, answer)
    return { ...answer, replayed: false }
  })
}

/**
 * Locks the key until the end of the transaction. The answer that is stored under it, if there is one. Two statements in one round trip:
 * the second begins after the lock is held, so it sees what the lock's last holder committed.
 */
async function takeKey(
  tx: Transaction<Database>,
  ctx: AccountContext,
  request: KeyedRequest,
): Promise<Answer | undefined> {
  const locking = sql<{
    got: boolean
  }>`select pg_try_advisory_xact_lock(${lockOf(ctx, request)}::bigint) as got`
  const reading = tx
    .selectFrom('idempotency_key')
    .select(['content_sha256', 'status', 'location', 'body'])
    .where('account_id', '=', ctx.actor.accountId)
    .where('key', '=', request.key)
    .where('item', '=', request.item)
  const [{ rows }, stored] = await Promise.all([locking.execute(tx), reading.executeTakeFirst()])
  if (rows[0]?.got !== true) throw requestRunning()
  if (stored === undefined) return undefined
  const { content_sha256, status, location, body } = stored
  requireSameContent(content_sha256, request)
  return { status: status as Answer['status'], location, body }
}

async function storeAnswer(
  tx: Transaction<Database>,
  { actor }: AccountContext,
  { key, item, contentSha256 }: KeyedRequest,
  answer: Answer,
): Promise<void> {
  await tx
    .insertInto('idempotency_key')
    .values({
      account_id: actor.accountId,
      key,
      item,
      content_sha256: Buffer.from(contentSha256),
      ...answer,
    })
    .execute()
}
