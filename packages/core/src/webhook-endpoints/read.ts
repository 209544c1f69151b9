import type { AccountTopic, EndpointDisabledReason } from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import {
  type AccountContext,
  type OperatorContext,
  requirePermission,
  requireScope,
  rowsOf,
  type Whose,
} from '../context.ts'
import { type Listed, type Page, type Paging, readListed, requireCursor, toPage } from '../database/page.ts'

/** An endpoint as its account sees it. Its secret is stored nowhere. */
export type WebhookEndpoint = {
  readonly id: string
  readonly url: string
  readonly description: string | null
  /** Null: every topic, future ones too. */
  readonly topics: readonly AccountTopic[] | null
  readonly enabled: boolean
  readonly createdAt: Date
  readonly disabledAt: Date | null
  readonly disabledReason: EndpointDisabledReason | null
  /** Since when nothing that was sent to it succeeded. */
  readonly failingSince: Date | null
  readonly lastDeliveredAt: Date | null
  /** What was missed since then is being planned again. */
  readonly recoveringSince: Date | null
  /** Until when webhooks are signed with the secret before as well. */
  readonly previousSecretUntil: Date | null
  /** Raised by each edit, and when it is disabled. */
  readonly version: number
}

/** Throws Refusal: insufficient_scope, key_exceeds_own (a key of a sub-account: an endpoint gets the events of the whole account). */
export function requireEndpoints(ctx: AccountContext): void {
  requireScope(ctx, 'webhooks:manage')
  const { subAccountId } = ctx.actor
  if (subAccountId === undefined) return
  throw new Refusal('key_exceeds_own', 'A key of a sub-account cannot manage webhook endpoints.', {
    sub_account_id: subAccountId,
  })
}

function selectEndpoints({ db, actor }: Whose) {
  return db
    .selectFrom('event_receiver as endpoint')
    .leftJoin('receiver_queue as queue', 'queue.receiver_id', 'endpoint.id')
    .where('endpoint.account_id', '=', actor.accountId)
    .where('endpoint.kind', '=', 'webhook')
    .where('endpoint.deleted_at', 'is', null)
    .select(['endpoint.id', 'address', 'description', 'topics', 'created_at', 'version'])
    .select(['disabled_at', 'disabled_reason', 'failing_since', 'delivered_at', 'recover_since'])
    .select(
      sql<Date | null>`case when previous_secret_until > statement_timestamp() then previous_secret_until end`.as(
        'previous_secret_until',
      ),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof selectEndpoints>['execute']>>[number]

function toEndpoint(row: Row): WebhookEndpoint {
  return {
    id: row.id,
    url: row.address,
    description: row.description,
    topics: row.topics as readonly AccountTopic[] | null,
    enabled: row.disabled_at === null,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since,
    lastDeliveredAt: row.delivered_at,
    recoveringSince: row.recover_since,
    previousSecretUntil: row.previous_secret_until,
    version: row.version,
  }
}

/** One of the account's endpoints. Throws Refusal: insufficient_scope, key_exceeds_own, webhook_endpoint_not_found. */
export async function getEndpoint(ctx: AccountContext, id: string): Promise<WebhookEndpoint> {
  requireEndpoints(ctx)
  return readEndpoint(ctx, id)
}

/** The same without a check of the key. */
export async function readEndpoint(whose: Whose, id: string): Promise<WebhookEndpoint> {
  const row = await selectEndpoints(whose).where('endpoint.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('webhook_endpoint_not_found', 'No such webhook endpoint.', { id })
  return toEndpoint(row)
}

/** The account's endpoints, newest first. Throws Refusal: insufficient_scope, key_exceeds_own, invalid_cursor. */
export async function listEndpoints(
  ctx: AccountContext,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<Page<WebhookEndpoint>> {
  requireEndpoints(ctx)
  let select = selectEndpoints(ctx)
    .orderBy('endpoint.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) {
    await requireCursor(selectEndpoints(ctx).where('endpoint.id', '=', after))
    select = select.where('endpoint.id', '<', after)
  }
  return toPage((await select.execute()).map(toEndpoint), limit, ({ id }) => id)
}

/** The endpoints of an account for operators, newest first. Throws Refusal('forbidden'). */
export async function listAccountEndpoints(
  ctx: OperatorContext,
  { accountId, ...page }: Paging & { readonly accountId: string },
): Promise<Listed<WebhookEndpoint>> {
  requirePermission(ctx, 'money:read')
  const endpoints = selectEndpoints(rowsOf(ctx, accountId)).orderBy('endpoint.id', 'desc')
  return readListed(ctx.db, endpoints, page, toEndpoint)
}
