import { sql } from 'kysely'
import type { Context } from './context.ts'
import { isBehindAnother, isWithheld } from './member-mails/internal.ts'

/** How many items wait in a queue, and how long the oldest has waited. */
export type Queue = {
  readonly name: QueueName
  readonly waiting: number
  /** 0 if nothing waits. */
  readonly oldestSeconds: number
}

/** The waiting items of each queue, with the time since when they wait. */
const queues = {
  event: sql`select occurred_at as since from event where position is null`,
  // Disabled receivers get nothing. What waits for an account's endpoint that does not answer is no work left undone.
  event_delivery: sql`select occurred_at as since from event_receiver as receiver
    left join receiver_queue as queue on queue.receiver_id = receiver.id
    join event_delivery as delivery on delivery.receiver_id = receiver.id join event on event.id = event_id
    where delivery.state = 'pending' and receiver.disabled_at is null
      and (receiver.account_id is null or coalesce(queue.failures, 0) = 0)`,
  // Due, and not withheld because its person's address is refused or their mail before is being sent.
  member_mail: sql`select mail.due_at as since from member_mail as mail
    where decided_at is null and due_at <= statement_timestamp() and not ${isBehindAnother} and not ${isWithheld}`,
  provider_event: sql`select received_at as since from provider_event where handled_at is null`,
  provider_task: sql`select created_at as since from provider_task where done_at is null`,
  refund: sql`select coalesce(decided_at, created_at) as since from refund where state in ('approved', 'processing')`,
  // An auth code that is still valid is not waited for.
  registry_request: sql`select case kind when 'auth_code_unset' then try_after else created_at end as since from registry_request
    where state <> 'done' and (kind <> 'auth_code_unset' or try_after <= statement_timestamp())`,
  confirmation: sql`select opened_at as since from confirmation where closed_at is null`,
  finance_task: sql`select opened_at as since from finance_task where closed_at is null`,
  alarm: sql`select raised_at as since from alarm where closed_at is null`,
  target: sql`select armed_at as since from catch_target where state in ('armed', 'firing', 'ambiguous', 'awaiting_award')`,
} as const

type QueueName = keyof typeof queues

/** The length of each queue now, and the age of its oldest item by the database's clock. */
export async function readQueues(ctx: Context): Promise<readonly Queue[]> {
  const parts = Object.entries(queues).map(
    ([name, waiting]) => sql`
      select ${name} as name, count(*)::integer as waiting,
        coalesce(greatest(extract(epoch from statement_timestamp() - min(since)), 0), 0)::float8 as "oldestSeconds"
      from (${waiting}) as row`,
  )
  const { rows } = await sql<Queue>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  return rows
}
