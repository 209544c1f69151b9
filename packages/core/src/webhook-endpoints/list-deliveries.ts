import type { AccountTopic } from '@droplock/rules/events'
import type { DeliveryState } from '@droplock/rules/machines/delivery'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import {
  type AccountContext,
  type Context,
  type OperatorContext,
  requirePermission,
  rowsOf,
} from '../context.ts'
import { type Listed, type Page, type Paging, readListed, requireCursor, toPage } from '../database/page.ts'
import { getEndpoint, readEndpoint } from './read.ts'

type LoggedAttempt = {
  readonly attemptedAt: Date
  readonly durationMs: number
  /** Of HTTP; null: there was no answer. */
  readonly status: number | null
  /** Its beginning. */
  readonly answer: string | null
  readonly failure: string | null
}

/** One event on its way to an endpoint, with its latest attempts, the newest first. */
export type EndpointDelivery = {
  readonly id: string
  readonly eventId: string
  readonly topic: AccountTopic
  readonly subjectId: string
  readonly state: DeliveryState
  /** An earlier event about the same subject is on its way. */
  readonly waits: boolean
  /** Null where nothing is due: it is decided, waits, or is being sent. */
  readonly nextAttemptAt: Date | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
  readonly attempts: readonly LoggedAttempt[]
}

type ListDeliveries = {
  readonly endpointId: string
  readonly state?: DeliveryState | undefined
  readonly topic?: AccountTopic | undefined
  readonly eventId?: string | undefined
  readonly after?: string
  readonly limit: number
}

function selectDeliveries({ db }: Pick<Context, 'db'>, endpointId: string) {
  return db
    .selectFrom('event_delivery as delivery')
    .innerJoin('event', 'event.id', 'delivery.event_id')
    .leftJoin('receiver_queue as queue', 'queue.receiver_id', 'delivery.receiver_id')
    .where('delivery.receiver_id', '=', endpointId)
    .select(['delivery.id', 'event_id', 'topic', 'event.subject_id', 'state', 'waits', 'decided_at'])
    .select(['delivery.created_at', 'delivery.position'])
    .select(
      sql<Date | null>`case when state = 'pending' and not waits and taken_by is null
        then coalesce(queue.not_before, try_after) end`.as('next_attempt_at'),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDeliveries>['execute']>>[number]

/**
 * What an endpoint was sent and is to be sent, newest first. Throws Refusal: insufficient_scope, key_exceeds_own,
 * webhook_endpoint_not_found, invalid_cursor.
 */
export async function listDeliveries(
  ctx: AccountContext,
  list: ListDeliveries,
): Promise<Page<EndpointDelivery>> {
  const { endpointId, state, topic, eventId, after, limit } = list
  await getEndpoint(ctx, endpointId)
  let select = selectDeliveries(ctx, endpointId)
    .orderBy('delivery.position', 'desc')
    .limit(limit + 1)
  if (state !== undefined) select = select.where('state', '=', state)
  if (topic !== undefined) select = select.where('topic', '=', topic)
  if (eventId !== undefined) select = select.where('event_id', '=', eventId)
  if (after !== undefined) {
    const last = selectDeliveries(ctx, endpointId).where('delivery.id', '=', after)
    await requireCursor(last)
    select = select.where(
      'delivery.position',
      '<',
      sql<bigint>`(select position from event_delivery where id = ${after})`,
    )
  }
  const rows = await select.execute()
  return toPage(await withAttempts(ctx, rows), limit, ({ id }) => id)
}

type ListOperatorDeliveries = Paging & {
  readonly accountId: string
  readonly endpointId: string
  readonly state?: DeliveryState | undefined
}

/** The same for operators, by page. Throws Refusal: forbidden, webhook_endpoint_not_found. */
export async function listAccountDeliveries(
  ctx: OperatorContext,
  { accountId, endpointId, state, ...page }: ListOperatorDeliveries,
): Promise<Listed<EndpointDelivery>> {
  requirePermission(ctx, 'money:read')
  await readEndpoint(rowsOf(ctx, accountId), endpointId)
  let select = selectDeliveries(ctx, endpointId).orderBy('delivery.position', 'desc')
  if (state !== undefined) select = select.where('state', '=', state)
  const { items, ...counts } = await readListed(ctx.db, select, page, (row) => row)
  return { items: await withAttempts(ctx, items), ...counts }
}

/** One delivery. Throws Refusal: insufficient_scope, key_exceeds_own, webhook_endpoint_not_found, webhook_delivery_not_found. */
export async function getDelivery(
  ctx: AccountContext,
  endpointId: string,
  deliveryId: string,
): Promise<EndpointDelivery> {
  await getEndpoint(ctx, endpointId)
  return readDelivery(ctx, endpointId, deliveryId)
}

/** The same of an endpoint that was found. */
export async function readDelivery(
  ctx: Pick<Context, 'db'>,
  endpointId: string,
  deliveryId: string,
): Promise<EndpointDelivery> {
  const rows = await selectDeliveries(ctx, endpointId).where('delivery.id', '=', deliveryId).execute()
  const [delivery] = await withAttempts(ctx, rows)
  if (delivery === undefined) throw noDelivery(deliveryId)
  return delivery
}

export function noDelivery(id: string): Refusal {
  return new Refusal('webhook_delivery_not_found', 'No such delivery.', { id })
}

async function withAttempts(
  { db }: Pick<Context, 'db'>,
  rows: readonly Row[],
): Promise<readonly EndpointDelivery[]> {
  if (rows.length === 0) return []
  const attempts = await db
    .selectFrom('delivery_attempt')
    .selectAll()
    .where(
      'delivery_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('number', 'desc')
    .execute()
  const byDelivery = Map.groupBy(attempts, ({ delivery_id }) => delivery_id)
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    topic: row.topic as AccountTopic,
    subjectId: row.subject_id,
    state: row.state,
    waits: row.waits,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    attempts: (byDelivery.get(row.id) ?? []).map((attempt) => ({
      attemptedAt: attempt.attempted_at,
      durationMs: attempt.duration_ms,
      status: attempt.status,
      answer: attempt.answer,
      failure: attempt.failure,
    })),
  }))
}
