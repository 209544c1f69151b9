import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'

/** What a reseller can be told of, by the names their webhooks will carry. */
export type Topic =
  | 'backorder.held'
  | 'backorder.expired'
  | 'backorder.secured'
  | 'backorder.rescheduled'
  | 'backorder.registering'
  | 'backorder.successful'
  | 'backorder.failed'
  | 'renewal.paid'
  | 'renewal.expired'
  | 'renewal.successful'
  | 'renewal.failed'
  | 'refund.succeeded'
  | 'refund.failed'
  | 'payment.failed'
  | 'payment.disputed'
  | 'payment.dispute_won'
  | 'payment.charged_back'
  | 'account.topped_up'
  | 'invoice.issued'
  | 'credit_note.issued'
  | 'account.top_up_reversed'

export type Subject = { readonly id: string; readonly accountId: string }

/** Writes an event in the transaction of its cause, so that neither exists without the other. */
export async function publish(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  subject: Subject,
): Promise<void> {
  await publishAll(tx, ctx, topic, [subject])
}

/** Writes one event for each subject, in one statement. */
export async function publishAll(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  subjects: readonly Subject[],
): Promise<void> {
  if (subjects.length === 0) return
  await tx
    .insertInto('outbox')
    .values(outboxRows(ctx, topic, subjects))
    .execute()
}

/** The rows of events, for a statement that writes more than them. */
export function outboxRows(ctx: Context, topic: Topic, subjects: readonly Subject[]) {
  return subjects.map((subject) => ({
    id: ctx.newId(),
    topic,
    account_id: subject.accountId,
    subject_id: subject.id,
    payload: sql<JsonObject>`${toJson(subject)}::jsonb`,
  }))
}

/** Amounts as text: a JSON number holds no more than 53 bits. */
function toJson(subject: Subject): string {
  return JSON.stringify(subject, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}
