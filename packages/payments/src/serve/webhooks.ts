/** Deliveries at the same time: enough to show a receiver that order is not kept, few enough not to flood it. */
const IN_FLIGHT_MAX = 8

/** A webhook that is not answered within this time is sent again. */
const ANSWER_MS_MAX = 10_000

/** The waits before attempts 2, 3, …. After the last, the event stays undelivered until the next start. */
const BACKOFF_MS: readonly number[] = [250, 1_000, 4_000, 15_000, 60_000]

/** The body of one event. It is signed again for each attempt. */
type Delivery = { readonly eventId: string; readonly body: string }

/** The URL that events are sent to; a function where the receiver starts after the sender. Nothing is sent without one. */
export type WebhookTarget = string | (() => string | undefined)

type WebhookOptions = {
  readonly target: WebhookTarget | undefined
  sign(body: string): Readonly<Record<string, string>>
  /** The receiver has answered 2xx. */
  delivered(eventId: string): void
}

export type WebhookSender = {
  /** Sends the event, and again until it is acknowledged: at least once, in any order. */
  send(delivery: Delivery): void
  /** Resolves when no attempt is in flight. It does not wait for the pauses between attempts. */
  idle(): Promise<void>
  stop(): void
}

export function createWebhookSender({ target, sign, delivered }: WebhookOptions): WebhookSender {
  const waiting: { delivery: Delivery; tries: number }[] = []
  const running = new Set<Promise<void>>()
  const timers = new Set<NodeJS.Timeout>()
  const stopping = new AbortController()

  const urlNow = () => (typeof target === 'function' ? target() : target)
  const attempt = async (url: string, delivery: Delivery, tries: number) => {
    if (await post(url, delivery.body, sign(delivery.body), stopping.signal))
      return delivered(delivery.eventId)
    const pauseMs = BACKOFF_MS[tries]
    if (pauseMs === undefined || stopping.signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      waiting.push({ delivery, tries: tries + 1 })
      pump()
    }, pauseMs)
    timers.add(timer.unref())
  }
  const pump = () => {
    const url = urlNow()
    if (url === undefined) return
    while (running.size < IN_FLIGHT_MAX && !stopping.signal.aborted) {
      const next = waiting.shift()
      if (next === undefined) return
      const run = attempt(url, next.delivery, next.tries).finally(() => {
        running.delete(run)
        pump()
      })
      running.add(run)
    }
  }
  return {
    send: (delivery) => {
      if (urlNow() === undefined) return
      waiting.push({ delivery, tries: 0 })
      pump()
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running)
    },
    stop: () => {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

async function post(
  url: string,
  body: string,
  signature: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<boolean> {
  try {
    const { ok } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...signature },
      body,
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_MS_MAX)]),
    })
    return ok
  } catch {
    return false
  }
}
