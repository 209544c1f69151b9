import type { Topic } from '@droplock/rules/events'
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
    })
    .execute()
  return id
}

/** Gives every event its position. */
export async function advanceAll(ctx: Context): Promise<void> {
  while ((await advanceFeed(ctx)) > 0);
}
