import type { EventOf, EventType } from '@droplock/sdk/events'

/** What these pages show: of orders and of what becomes of them. */
export const followedTopics = [
  'backorder.held',
  'backorder.hold_lapsing',
  'backorder.expired',
  'backorder.secured',
  'backorder.rescheduled',
  'backorder.premium_flagged',
  'backorder.contact_refused',
  'backorder.registering',
  'backorder.successful',
  'backorder.failed',
  'refund.succeeded',
  'refund.failed',
  'payment.failed',
  'invoice.issued',
  'credit_note.issued',
  'renewal.paid',
  'renewal.expired',
  'renewal.successful',
  'renewal.failed',
  'registration.expired',
  'registration.auto_renewed',
  'registration.ended',
  'registration_request.succeeded',
  'registration_request.failed',
] as const satisfies readonly EventType[]

export type FollowedTopic = (typeof followedTopics)[number]
export type FollowedEvent = EventOf<FollowedTopic>

/** As much of the browser's EventSource as is used. */
export type Source = {
  readonly readyState: number
  addEventListener(type: string, listener: (message: { data?: string; lastEventId?: string }) => void): void
  close(): void
}

const CLOSED = 2

/** A browser does not come back by itself once it was refused: because of too many windows, or a server that restarts. Milliseconds. */
const REFUSED_MS = 10_000

/** A connection that is back this soon was no break: the server was restarted, or the session's key renewed. Milliseconds. */
const BREAK_MS = 4_000

type Follow = {
  readonly open: (url: string) => Source
  /** Runs `work` later; returns what prevents it. */
  readonly wait: (work: () => void, ms: number) => () => void
  readonly onEvent: (event: FollowedEvent) => void
  /** What the page has read may be out of date. */
  readonly onStale: () => void
  readonly onConnection: (isConnected: boolean) => void
}

export type Following = {
  /** For a window that nobody looks at: browsers and servers have few connections. */
  readonly pause: () => void
  /** Goes on after the last event that came. */
  readonly resume: () => void
  readonly close: () => void
}

/**
 * Follows the account's events. The browser connects again by itself and continues after the last event; where it was refused, or was
 * paused, a new connection continues there.
 */
export function followEvents({ open, wait, onEvent, onStale, onConnection }: Follow): Following {
  let source: Source | undefined
  let after: string | undefined
  let stopWaiting: (() => void) | undefined
  let stopBreak: (() => void) | undefined

  const restored = () => {
    stopBreak?.()
    stopBreak = undefined
    onConnection(true)
  }
  const broken = () => {
    stopBreak ??= wait(() => onConnection(false), BREAK_MS)
  }
  const end = () => {
    stopWaiting?.()
    source?.close()
    source = undefined
  }
  const connect = () => {
    end()
    const opened = open(addressAfter(after))
    source = opened
    opened.addEventListener('open', () => {
      restored()
      // What was read before the stream was open may be older than its first event.
      onStale()
    })
    opened.addEventListener('error', () => {
      broken()
      if (opened.readyState === CLOSED && source === opened) stopWaiting = wait(connect, REFUSED_MS)
    })
    opened.addEventListener('resync', ({ lastEventId }) => {
      after = lastEventId ?? after
      onStale()
    })
    for (const topic of followedTopics)
      opened.addEventListener(topic, ({ data, lastEventId }) => {
        after = lastEventId ?? after
        onEvent(JSON.parse(data ?? '{}'))
      })
  }
  connect()
  return {
    pause: end,
    resume: () => {
      if (source === undefined) connect()
    },
    close: () => {
      end()
      stopBreak?.()
    },
  }
}

function addressAfter(after: string | undefined): string {
  const query = new URLSearchParams({ topic: followedTopics.join(',') })
  if (after !== undefined) query.set('after', after)
  return `/api/v1/events/stream?${query}`
}
