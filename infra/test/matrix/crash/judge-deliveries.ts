import type { Stage } from './stage.ts'

/** Every event of a customer came at least once, and those about one subject in their order. */
export async function judgeDeliveries({ ctx, receiver, customers }: Stage): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { accountId, endpointId } of customers) {
    const events = await ctx.db
      .selectFrom('event')
      .innerJoin('event_receiver', 'event_receiver.account_id', 'event.account_id')
      .select(['event.id', 'topic', 'subject_id'])
      .where('event_receiver.id', '=', endpointId)
      .whereRef('event.occurred_at', '>', 'event_receiver.created_at')
      .orderBy('position')
      .execute()
    const came = receiver.received.filter((each) => each.accountId === accountId)
    const firstAt = new Map<string, number>()
    for (const [at, { eventId }] of came.entries()) if (!firstAt.has(eventId)) firstAt.set(eventId, at)
    for (const { id, topic } of events)
      if (!firstAt.has(id)) wrong.push(`the event ${topic} ${id} never came to its receiver`)
    for (const [subject, about] of Map.groupBy(events, ({ subject_id }) => subject_id)) {
      const order = about.map(({ id }) => firstAt.get(id) ?? 0)
      if (order.some((at, index) => at < (order[index - 1] ?? 0)))
        wrong.push(`events about ${subject} came out of order`)
    }
  }
  return wrong
}
