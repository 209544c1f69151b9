import type { FollowedEvent } from './stream.ts'

/** The order that an event is about; undefined where it names none. */
export function orderOf(event: FollowedEvent): string | undefined {
  const { data, type } = event
  if (type.startsWith('backorder.')) return data.id
  return 'backorder_id' in data ? data.backorder_id : undefined
}

/** The beginnings of the keys of the queries whose answers an event changes. */
export function changedBy(event: FollowedEvent): readonly (readonly string[])[] {
  const subject = event.type.split('.', 1)[0] ?? ''
  const order = orderOf(event)
  return [
    ...(order === undefined
      ? []
      : [
          ['backorder', order],
          ['registration', order],
        ]),
    ...(changed[subject] ?? []).map((key) => [key]),
  ]
}

const changed: Readonly<Record<string, readonly string[]>> = {
  backorder: ['backorders', 'balance'],
  refund: ['balance'],
  invoice: ['invoices'],
  credit_note: ['invoices'],
  renewal: ['renewals', 'balance'],
  registration: ['registration', 'renewals'],
  registration_request: ['registration-requests', 'registration'],
}

/** So many events within a moment are read together. Milliseconds. */
const TOGETHER_MS = 300

/** A drop has hundreds of events: what they change is read again so often at most. Milliseconds. */
const BETWEEN_MS = 1_500

type Gather<Item> = {
  readonly wait: (work: () => void, ms: number) => () => void
  readonly nowMs: () => number
  readonly flush: (items: readonly Item[]) => void
}

/** Gives items on together: soon after the first one, and not too often. */
export function gather<Item>({ wait, nowMs, flush }: Gather<Item>) {
  let items: Item[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  let stop: (() => void) | undefined
  return {
    add: (item: Item) => {
      items.push(item)
      stop ??= wait(
        () => {
          stop = undefined
          lastMs = nowMs()
          const together = items
          items = []
          flush(together)
        },
        Math.max(TOGETHER_MS, lastMs + BETWEEN_MS - nowMs()),
      )
    },
    stop: () => stop?.(),
  }
}
