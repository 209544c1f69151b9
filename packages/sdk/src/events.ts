import { createParser } from 'eventsource-parser'
import { type ClientOptions, ProblemError, problemOf, type Schema } from './client.ts'
import { backOffMs, isPassing } from './repeat.ts'

/** What happened to the account, with what it is about: `type` says what `data` holds. Types that this version does not know may come. */
export type Event = Schema<'Event'>

export type EventType = Event['type']

/** The event of a type. */
export type EventOf<Type extends EventType> = OfType<Event, Type>

type OfType<Each, Type> = Each extends { readonly type: infer Own }
  ? Type extends Own
    ? Omit<Each, 'type'> & { readonly type: Type }
    : never
  : never

/**
 * Events after the cursor are not kept any more: read the state that you need again. Everything that happens from then on follows, so
 * nothing is missed.
 */
export type Resync = { readonly type: 'resync'; readonly oldest_cursor: string }

export type FollowEvents = ClientOptions & {
  /** The cursor of the last event that was dealt with. Left out: from now on. */
  readonly after?: string | undefined
  /** Only these types. */
  readonly types?: readonly EventType[] | undefined
  /** Ends it. */
  readonly signal?: AbortSignal | undefined
}

/** A stream without a sign of life for so long is given up: a comment comes every 15 seconds. Milliseconds. */
const SILENT_MS_MAX = 45_000
/** The pause before connecting again, which doubles up to the maximum while it fails. Milliseconds. */
const PAUSE_MS_MIN = 250
const PAUSE_MS_MAX = 30_000

/**
 * The events of the account as they happen, until `signal` aborts. It connects again whenever the connection is lost, and continues after
 * the last event: none is missed, and none comes twice. Keep the `cursor` of what you have dealt with to continue after your program has
 * ended. Throws ProblemError where the API refuses the stream for good, for example a key that was revoked.
 */
export async function* followEvents(follow: FollowEvents): AsyncGenerator<Event | Resync, void, undefined> {
  const signal = follow.signal ?? new AbortController().signal
  const progress: Progress = { after: follow.after, failures: 0 }
  while (!signal.aborted) {
    try {
      yield* readStream(follow, progress, signal)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ProblemError) throw error
      // The connection was lost: it is opened again.
    }
    progress.failures += 1
    // The clients of a server that was restarted do not return together.
    await pause(backOffMs(progress.failures, PAUSE_MS_MIN, PAUSE_MS_MAX), signal)
  }
}

type Progress = {
  /** The cursor of what came last. */
  after: string | undefined
  /** Connections since something came. */
  failures: number
}

/** One connection. Throws ProblemError where the API refuses it for good. */
async function* readStream(
  follow: FollowEvents,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<Event | Resync> {
  const connection = new AbortController()
  const end = () => connection.abort()
  const timer = setTimeout(end, SILENT_MS_MAX)
  signal.addEventListener('abort', end)
  try {
    const request = requestOf(follow, progress.after, connection.signal)
    const response = await fetch(request)
    if (!response.ok || response.body === null) {
      if (await isPassing(response)) return
      throw await problemOf(request, response)
    }
    const came: { readonly id?: string; readonly event?: Event | Resync }[] = []
    const parser = createParser({
      onId: (id) => came.push({ id }),
      onEvent: ({ event, data }) => came.push({ event: toEvent(event, data) }),
    })
    const decoder = new TextDecoder()
    for await (const bytes of untilAborted(response.body, connection.signal)) {
      timer.refresh()
      progress.failures = 0
      parser.feed(decoder.decode(bytes, { stream: true }))
      for (const { id = progress.after, event } of came.splice(0)) {
        progress.after = id
        if (event !== undefined) yield event
      }
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    connection.abort()
  }
}

/**
 * The pieces of a body, until it ends or `signal` aborts. The signal of the request is not enough: Node's `fetch` refers to the request
 * weakly, and once that is collected, a body that is read for long is no longer ended by it.
 */
async function* untilAborted(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', cancel)
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}

function requestOf(
  { baseUrl, apiKey, types }: FollowEvents,
  after: string | undefined,
  signal: AbortSignal,
): Request {
  const url = new URL('/v1/events/stream', baseUrl)
  if (types !== undefined) url.searchParams.set('topic', types.join(','))
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: 'text/event-stream',
    ...(after !== undefined && { 'last-event-id': after }),
  }
  return new Request(url, { headers, signal })
}

function toEvent(type: string | undefined, text: string): Event | Resync {
  const data = JSON.parse(text)
  return type === 'resync' ? { type: 'resync', oldest_cursor: data.oldest_cursor } : data
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
