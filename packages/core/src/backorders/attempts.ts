import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, type Selectable, sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, toPage, unknownCursor } from '../database/page.ts'
import type { CatchAttemptTable, Database } from '../database/tables.gen.ts'
import { isOwnOrder } from '../own-orders.ts'

/** The newest attempts shown with a backorder: the deciding one is among or near them, and a long drop has tens of thousands. */
export const ATTEMPTS_WITH_BACKORDER_MAX = 100

/** One EPP command, with its times, code and transaction ids. */
export type AttemptView = {
  readonly clTRID: string
  readonly svTRID: string | null
  readonly registryAccountId: string
  readonly command: string
  readonly sentAt: Date
  readonly roundTripUs: number | null
  readonly outcome: string
  readonly code: number | null
  readonly message: string | null
  /** Its answer decided the outcome. */
  readonly decided: boolean
}

type AttemptsOf = { readonly targetId: string; readonly decidingClTRID: string | null }

export type ListAttempts = {
  readonly backorderId: string
  /** The clTRID of the last attempt of the page before. */
  readonly after?: string
  readonly limit: number
}

/** Attempts that were made and have since been removed (see `removeAttempts`). */
export type RemovedAttempts = {
  readonly count: number
  readonly firstSentAt: Date
  readonly lastSentAt: Date
}

export type AttemptPage = Page<AttemptView> & { readonly removed: RemovedAttempts | null }

/** The attempts for one of the caller's backorders, newest first. Throws Refusal: insufficient_scope, backorder_not_found, invalid_cursor. */
export async function listAttempts(
  ctx: AccountContext,
  { backorderId, after, limit }: ListAttempts,
): Promise<AttemptPage> {
  requireScope(ctx, 'backorders:read')
  const row = await selectTarget(ctx.db, backorderId)
    .where('backorder.account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql.ref('backorder.id')))
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id: backorderId })
  if (row.id === null) return { items: [], removed: null }
  const of = { targetId: row.id, decidingClTRID: row.deciding_cltrid }
  const page = await readAttempts(ctx.db, of, { after, limit })
  return { ...page, removed: await readRemoved(ctx.db, row.id) }
}

/** The backorder with its target, if it has one. */
export function selectTarget(db: Kysely<Database>, backorderId: string) {
  return db
    .selectFrom('backorder')
    .leftJoin('catch_target', 'catch_target.backorder_id', 'backorder.id')
    .select(['catch_target.id', 'catch_target.deciding_cltrid'])
    .where('backorder.id', '=', backorderId)
}

/** A page of a target's attempts, newest first. Throws Refusal('invalid_cursor'). */
export async function readAttempts(
  db: Kysely<Database>,
  { targetId, decidingClTRID }: AttemptsOf,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<AttemptView>> {
  let newest = newestFirst(db, targetId).limit(limit + 1)
  if (after !== undefined) {
    const last = await readAttempt(db, targetId, after)
    if (last === undefined) throw unknownCursor()
    // Compared with the row, not with its time in JavaScript: a Date has no microseconds.
    newest = newest.where(
      sql<boolean>`(sent_at, cltrid) < (select sent_at, cltrid from catch_attempt where cltrid = ${after})`,
    )
  }
  const views = (await newest.execute()).map((attempt) => toAttemptView(attempt, decidingClTRID))
  return toPage(views, limit, (attempt) => attempt.clTRID)
}

/** The attempt whose answer decided the target; null where none did. */
export async function readDecidingAttempt(
  db: Kysely<Database>,
  { targetId, decidingClTRID }: AttemptsOf,
): Promise<AttemptView | null> {
  if (decidingClTRID === null) return null
  const row = await readAttempt(db, targetId, decidingClTRID)
  return row === undefined ? null : toAttemptView(row, decidingClTRID)
}

export async function countAttempts(db: Kysely<Database>, targetId: string): Promise<number> {
  const { total } = await db
    .selectFrom('catch_attempt')
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .where('target_id', '=', targetId)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** How many attempts were removed, and when the first and the last of them were sent. */
export async function readRemoved(db: Kysely<Database>, targetId: string): Promise<RemovedAttempts | null> {
  const { removed, from, to } = await db
    .selectFrom('attempt_removal')
    .select((eb) => [
      eb.fn.sum<bigint | null>('removed').as('removed'),
      eb.fn.min('first_sent_at').as('from'),
      eb.fn.max('last_sent_at').as('to'),
    ])
    .where('target_id', '=', targetId)
    .executeTakeFirstOrThrow()
  return removed === null ? null : { count: Number(removed), firstSentAt: from, lastSentAt: to }
}

export function newestFirst(db: Kysely<Database>, targetId: string) {
  return db
    .selectFrom('catch_attempt')
    .selectAll()
    .where('target_id', '=', targetId)
    .orderBy('sent_at', 'desc')
    .orderBy('cltrid', 'desc')
}

function readAttempt(db: Kysely<Database>, targetId: string, clTRID: string) {
  return db
    .selectFrom('catch_attempt')
    .selectAll()
    .where('target_id', '=', targetId)
    .where('cltrid', '=', clTRID)
    .executeTakeFirst()
}

function toAttemptView(row: Selectable<CatchAttemptTable>, decidingClTRID: string | null): AttemptView {
  return {
    clTRID: row.cltrid,
    svTRID: row.svtrid,
    registryAccountId: row.registry_account_id,
    command: row.command,
    sentAt: row.sent_at,
    roundTripUs: row.round_trip_us,
    outcome: row.outcome,
    code: row.code,
    message: row.message,
    decided: row.cltrid === decidingClTRID,
  }
}
