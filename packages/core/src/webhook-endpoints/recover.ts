import { RECOVER_DAYS_MAX } from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import { type AccountContext, type OperatorContext, rowsOf } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockEndpoint, lockReceiverQueue, requireEnabled } from '../receiver-locks.ts'
import { getEndpoint, readEndpoint, requireEndpoints, type WebhookEndpoint } from './read.ts'

const DAY_MS = 86_400_000

/**
 * Has a worker plan again what an endpoint wants and has not taken since a time, also what happened while it was disabled, in order. A
 * recovery that is under way begins again, at the earlier time. Throws Refusal: insufficient_scope, key_exceeds_own,
 * webhook_endpoint_not_found, webhook_endpoint_disabled, invalid_period (before the last `RECOVER_DAYS_MAX` days, or in the future),
 * try_again.
 */
export async function recoverEndpoint(
  ctx: AccountContext,
  id: string,
  since: Date,
): Promise<WebhookEndpoint> {
  requireEndpoints(ctx)
  return inTransaction(ctx.db, async (tx) => {
    await recover(tx, ctx.actor.accountId, id, since)
    return getEndpoint({ ...ctx, db: tx }, id)
  })
}

type RecoverAccountEndpoint = {
  readonly accountId: string
  readonly endpointId: string
  readonly since: Date
  readonly reason: string
}

/**
 * The same by an operator, for the account. Throws Refusal: forbidden, reason_required, webhook_endpoint_not_found,
 * webhook_endpoint_disabled, invalid_period, try_again.
 */
export async function recoverAccountEndpoint(
  ctx: OperatorContext,
  { accountId, endpointId, since, reason }: RecoverAccountEndpoint,
): Promise<WebhookEndpoint> {
  const subject = ['webhook_endpoint', endpointId] as const
  await changeWithAudit(ctx, { permission: 'webhooks:replay', subject, reason }, async (tx) => {
    await recover(tx, accountId, endpointId, since)
    return { action: 'webhook_endpoint.recovered', after: { account_id: accountId, since } }
  })
  return readEndpoint(rowsOf(ctx, accountId), endpointId)
}

async function recover(tx: Transaction<Database>, accountId: string, id: string, since: Date): Promise<void> {
  requireEnabled(await lockEndpoint(tx, accountId, id))
  const now = await databaseTime(tx)
  if (since > now || now.getTime() - since.getTime() > RECOVER_DAYS_MAX * DAY_MS)
    throw new Refusal('invalid_period', `\`since\` is within the last ${RECOVER_DAYS_MAX} days.`)
  await lockReceiverQueue(tx, id)
  await sql`
    update receiver_queue set recover_since = least(recover_since, ${since}), recover_position = null where receiver_id = ${id}`.execute(
    tx,
  )
  noteWork(tx)
}
