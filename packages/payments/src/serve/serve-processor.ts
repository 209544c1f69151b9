import { allDue, isDue } from '../processor/due.ts'
import type { Processor } from '../processor/processor.ts'
import type { Action, EventRecord, Outcome } from '../processor/records.ts'
import { createWebhookSender, type WebhookSender, type WebhookTarget } from './webhooks.ts'

/** A processor in operation: it sends its events as webhooks, and does what is due by itself. */
export type ServedProcessor = {
  readonly books: Processor['books']
  readonly webhooks: WebhookSender
  act(action: Action, key?: string): { readonly outcome: Outcome; readonly replayed: boolean }
  /** Sends an event again; false when there is none of this id. */
  resend(eventId: string): boolean
  stop(): void
}

type ServeOptions = {
  readonly processor: Processor
  readonly laterMs: number | 'by_hand'
  readonly webhookUrl: WebhookTarget | undefined
  sign(body: string): Readonly<Record<string, string>>
  /** The body of an event; `undefined` for one that this protocol does not send. */
  write(event: EventRecord): string | undefined
}

export function serveProcessor({
  processor,
  laterMs,
  webhookUrl,
  sign,
  write,
}: ServeOptions): ServedProcessor {
  const { books } = processor
  const delivered = (eventId: string) => {
    if (!books.delivered.has(eventId)) processor.apply({ do: 'delivered', eventId })
  }
  const webhooks = createWebhookSender({ target: webhookUrl, sign, delivered })
  const post = (event: EventRecord) => {
    const body = write(event)
    if (body !== undefined) webhooks.send({ eventId: event.id, body })
  }
  let postedCount = 0
  const postNew = () => {
    const fresh = books.events.slice(postedCount)
    postedCount = books.events.length
    // After a restart the log has events that were acknowledged before it.
    for (const event of fresh) if (!books.delivered.has(event.id)) post(event)
  }
  const act: ServedProcessor['act'] = (action, key) => {
    const applied = processor.apply(action, key)
    postNew()
    const objectId = objectOf(applied.outcome)
    if (objectId !== undefined) schedule.watch(objectId)
    return applied
  }
  const schedule = scheduleDue(processor, laterMs, (objectId) => void act({ do: 'settle', objectId }))
  postNew()
  return {
    books,
    webhooks,
    act,
    resend: (eventId) => {
      const event = books.events.find(({ id }) => id === eventId)
      if (event !== undefined) post(event)
      return event !== undefined
    },
    stop: () => {
      schedule.stop()
      webhooks.stop()
    },
  }
}

function objectOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'intent') return outcome.intent.id
  if (outcome.kind === 'payout') return outcome.payout.id
  return outcome.kind === 'refund' ? outcome.refund.id : undefined
}

type DueSchedule = {
  /** Schedules what is due for the object, if anything is. */
  watch(objectId: string): void
  stop(): void
}

/** Does what is due `laterMs` after it was seen; with `by_hand` never by itself. */
function scheduleDue(
  processor: Processor,
  laterMs: number | 'by_hand',
  perform: (objectId: string) => void,
): DueSchedule {
  const timers = new Map<string, NodeJS.Timeout>()
  const watch = (objectId: string) => {
    if (laterMs === 'by_hand' || timers.has(objectId) || !isDue(processor.books, objectId)) return
    const timer = setTimeout(() => {
      timers.delete(objectId)
      if (isDue(processor.books, objectId)) perform(objectId)
    }, laterMs)
    timers.set(objectId, timer.unref())
  }
  for (const objectId of allDue(processor.books)) watch(objectId)
  return {
    watch,
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
