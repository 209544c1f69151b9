import type { Processor } from '../processor/processor.ts'
import type { Action, EventRecord, Outcome } from '../processor/records.ts'
import { createLater } from './later.ts'
import { createWebhookSender, type WebhookSender, type WebhookTarget } from './webhooks.ts'

/** A processor that tells what happens: each new event goes out, and what is due happens by itself. */
export type Till = {
  readonly processor: Processor
  readonly webhooks: WebhookSender
  act(action: Action, key?: string): { readonly outcome: Outcome; readonly replayed: boolean }
  /** Sends an event once more; false when there is none of this id. */
  resend(eventId: string): boolean
  stop(): void
}

type TillOptions = {
  readonly processor: Processor
  readonly laterMs: number | 'by_hand'
  readonly webhookUrl: WebhookTarget | undefined
  sign(body: string): Readonly<Record<string, string>>
  /** The body of an event; `undefined` for one that this protocol does not tell. */
  write(event: EventRecord): string | undefined
}

export function openTill({ processor, laterMs, webhookUrl, sign, write }: TillOptions): Till {
  const { books } = processor
  const delivered = (eventId: string) => {
    if (!books.delivered.has(eventId)) processor.apply({ do: 'delivered', eventId })
  }
  const webhooks = createWebhookSender({ target: webhookUrl, sign, delivered })
  const post = (event: EventRecord) => {
    const body = write(event)
    if (body !== undefined) webhooks.send({ eventId: event.id, body })
  }
  let posted = 0
  const postNew = () => {
    const fresh = books.events.slice(posted)
    posted = books.events.length
    // After a restart the log holds what was acknowledged before it.
    for (const event of fresh) if (!books.delivered.has(event.id)) post(event)
  }
  const act: Till['act'] = (action, key) => {
    const applied = processor.apply(action, key)
    postNew()
    const objectId = objectOf(applied.outcome)
    if (objectId !== undefined) later.watch(objectId)
    return applied
  }
  const later = createLater(processor, laterMs, (objectId) => void act({ do: 'settle', objectId }))
  postNew()
  return {
    processor,
    webhooks,
    act,
    resend: (eventId) => {
      const event = books.events.find(({ id }) => id === eventId)
      if (event !== undefined) post(event)
      return event !== undefined
    },
    stop: () => {
      later.stop()
      webhooks.stop()
    },
  }
}

function objectOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'intent') return outcome.intent.id
  return outcome.kind === 'refund' ? outcome.refund.id : undefined
}
