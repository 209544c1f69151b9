import { setTimeout as sleep } from 'node:timers/promises'
import { findActors } from '@droplock/core/api-keys'
import type { AccountActor, Context } from '@droplock/core/context'
import { type FeedEvent, followEvents, readFeed } from '@droplock/core/events/feed'
import { FrameQueue } from '@droplock/http/frame-queue'
import type { Logger } from '@droplock/observability/logger'
import { topicsOfAll } from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { type EndReason, endComment, type Frame, frameOf, heartbeat } from './event-frame.ts'

/**
 * Streams of one account in one process: one for each of its programs, and some that are not yet known to be lost. The windows of a person
 * who has signed in to the pages count for that person alone, so that people and programs do not take each other's.
 */
const STREAMS_PER_ACCOUNT_MAX = 10

/** Without a notification the feed is looked at so often. Milliseconds. */
const POLL_MS = 1_000

/** How often it is checked that the keys of open streams may still be used: a key that expires ends its stream within a second. Milliseconds. */
const CHECK_KEYS_MS = 500

/** After the feed could not be read. Milliseconds. */
const PAUSE_MS = 500

type Wanted = {
  readonly actor: AccountActor
  readonly topics: ReadonlySet<string> | undefined
  /** Whether the key may still be used by its caller. */
  readonly isAllowed: (actor: AccountActor) => boolean
}

type Stream = Wanted & {
  readonly queue: FrameQueue<Frame>
  /** Has read what happened before, and gets what happens now. */
  isJoined: boolean
}

/** A place among the streams of the process. */
export type OpenStream = {
  readonly queue: FrameQueue<Frame>
  /** From now on, if not before, every event after the returned position comes into the queue. */
  readonly join: () => bigint
  readonly leave: () => void
}

type FollowFeed = {
  /** A direct connection to PostgreSQL, for LISTEN. */
  readonly directUrl: string
  readonly heartbeatMs: number
  /** Open streams at once. */
  readonly streamsMax: number
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** Reads the feed of one database once for all streams of the process, and gives each event to the streams that want it. */
export class EventHub {
  readonly #ctx: Context
  readonly #streams = new Set<Stream>()
  #streamsMax = 0
  #logger: Logger | undefined
  #isClosed = false
  /** Up to where the feed was read; undefined while it is not followed. */
  #position: bigint | undefined

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  get open(): number {
    return this.#streams.size
  }

  /** Throws Refusal: too_many_streams, unavailable. */
  admit(wanted: Wanted): OpenStream {
    const own = [...this.#streams].filter(({ actor }) => countsWith(actor, wanted.actor))
    if (own.length >= STREAMS_PER_ACCOUNT_MAX)
      throw new Refusal('too_many_streams', 'Your account has as many streams open as it may have.', {
        streams_max: STREAMS_PER_ACCOUNT_MAX,
      })
    if (this.#isClosed || this.#position === undefined || this.#streams.size >= this.#streamsMax)
      throw new Refusal('unavailable', 'No stream can be opened at the moment.')
    const stream: Stream = { ...wanted, queue: new FrameQueue(), isJoined: false }
    this.#streams.add(stream)
    return {
      queue: stream.queue,
      join: () => {
        stream.isJoined = true
        stream.queue.reopen()
        return this.#position ?? 0n
      },
      leave: () => {
        this.#streams.delete(stream)
        stream.queue.end()
      },
    }
  }

  /** Finds the end of the feed, from which it is followed. */
  async begin(): Promise<void> {
    this.#position = (await readFeed(this.#ctx)).last
  }

  /** Follows the feed until `signal` aborts, whatever happens to the database. Never rejects. */
  async follow({ directUrl, heartbeatMs, streamsMax, logger, signal }: FollowFeed): Promise<void> {
    this.#streamsMax = streamsMax
    this.#logger = logger
    const timers = [
      setInterval(() => this.#beat(), heartbeatMs),
      setInterval(() => void this.checkKeys(), CHECK_KEYS_MS),
    ]
    while (!signal.aborted) {
      try {
        await this.#read(directUrl, signal)
      } catch (error) {
        if (error instanceof Refusal && error.code === 'event_cursor_gone') this.#restart()
        logger.warn({ err: error }, 'the feed of events cannot be read')
        await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined)
      }
    }
    for (const timer of timers) clearInterval(timer)
    this.close()
  }

  /** The database was restored to an earlier state: clients learn it when they connect again. */
  #restart(): void {
    this.#position = undefined
    this.#endAll('restored')
  }

  async #read(directUrl: string, signal: AbortSignal): Promise<void> {
    if (this.#position === undefined) await this.begin()
    const applicationName = 'droplock-gateway-events'
    const follow = { directUrl, applicationName, after: this.#position, pollMs: POLL_MS, signal }
    for await (const { events, cursor } of followEvents(this.#ctx, follow)) {
      for (const event of events) this.#distribute(event)
      this.#position = cursor
    }
  }

  #distribute(event: FeedEvent): void {
    let frame: Frame | undefined
    for (const { isJoined, actor, topics, queue } of this.#streams) {
      if (!isJoined || !mayRead(actor, event) || topics?.has(event.topic) === false) continue
      frame ??= frameOf(event)
      if (frame === undefined) {
        this.#logger?.error(
          { event_id: event.id, topic: event.topic },
          'an event violates the contract and is not sent',
        )
        return
      }
      queue.push(frame)
    }
  }

  #beat(): void {
    if (this.#position === undefined) return
    const frame = heartbeat(this.#position)
    for (const { isJoined, queue } of this.#streams) if (isJoined) queue.push(frame)
  }

  /** Ends the streams whose keys may not be used any more. A database that is away ends none: nothing comes from it. */
  async checkKeys(): Promise<void> {
    const streams = [...this.#streams]
    if (streams.length === 0) return
    const keyIds = [...new Set(streams.map(({ actor }) => actor.keyId))]
    const actors = await findActors(this.#ctx, keyIds).catch(() => undefined)
    if (actors === undefined) return
    for (const stream of streams) {
      const actor = actors.get(stream.actor.keyId)
      if (actor === undefined || !stream.isAllowed(actor)) this.#end(stream, 'unauthenticated')
    }
  }

  /** Ends all streams, and opens no further one. */
  close(): void {
    this.#isClosed = true
    this.#endAll('closing')
  }

  #endAll(reason: EndReason): void {
    for (const stream of this.#streams) this.#end(stream, reason)
  }

  #end(stream: Stream, reason: EndReason): void {
    this.#streams.delete(stream)
    stream.queue.push(endComment(reason))
    stream.queue.end()
  }
}

/** Whether two streams count to the same limit. */
function countsWith(one: AccountActor, other: AccountActor): boolean {
  return one.ofSession || other.ofSession ? one.keyId === other.keyId : one.accountId === other.accountId
}

/** As `listOwnEvents` decides it. */
function mayRead({ accountId, subAccountId }: AccountActor, event: FeedEvent): boolean {
  if (topicsOfAll.some((topic) => topic === event.topic)) return true
  if (event.accountId !== accountId) return false
  return subAccountId === undefined || event.subAccountId === subAccountId
}
