import type { Topic } from '@droplock/rules/events'
import { sql } from 'kysely'
import type { Context } from '../../src/context.ts'
import { advanceFeed } from '../../src/events/feed.ts'

type GivenReceiver = {
  readonly kind?: 'webhook' | 'mail'
  readonly accountId?: string
  readonly topics?: readonly Topic[]
  readonly alarmKinds?: readonly string[]
  readonly address?: string
}

/** A receiver of events. Returns its id. */
export async function givenReceiver(ctx: Context, receiver: GivenReceiver = {}): Promise<string> {
  const id = ctx.newId()
  await ctx.db
    .insertInto('event_receiver')
    .values({
      id,
      kind: receiver.kind ?? 'webhook',
      address: receiver.address ?? `https://receiver.test/${id}`,
      account_id: receiver.accountId ?? null,
      topics: [...(receiver.topics ?? ['backorder.secured'])],
      alarm_kinds: receiver.alarmKinds === undefined ? null : [...receiver.alarmKinds],
      ...(receiver.accountId !== undefined &&
        receiver.kind !== 'mail' && { secret_salt: Buffer.alloc(32, 7), secret_key_id: 'a key' }),
    })
    .execute()
  return id
}

/** Gives every event its position. */
export async function advanceAll(ctx: Context): Promise<void> {
  while ((await advanceFeed(ctx)) > 0);
}

/** Time is moved, not waited for: pauses and leases are over. */
export async function passPauses(ctx: Context): Promise<void> {
  await sql`update event_delivery set try_after = clock_timestamp() where state = 'pending'`.execute(ctx.db)
  await sql`update receiver_queue set due_at = clock_timestamp() where due_at is not null`.execute(ctx.db)
}

/** As if every delivery had first been tried days ago. */
export async function passRetryDays(ctx: Context, days: number): Promise<void> {
  await sql`update event_delivery set first_tried_at = coalesce(first_tried_at, clock_timestamp()) - make_interval(days => ${days})`.execute(
    ctx.db,
  )
}

/** Something that happened in an account, to a subject that nothing else is about unless it is named. Returns the event's id. */
export async function givenEvent(ctx: Context, accountId: string, subjectId = ctx.newId()): Promise<string> {
  const id = ctx.newId()
  await sql`insert into event (id, topic, account_id, subject_id, data)
    values (${id}, 'backorder.secured', ${accountId}, ${subjectId}, '{}')`.execute(ctx.db)
  return id
}
