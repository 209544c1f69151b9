import { setTimeout as sleep } from 'node:timers/promises'
import { beginLooks, type Look, readChanges } from '@droplock/core/changes/read'
import type { Context, StaffActor } from '@droplock/core/context'
import { findSessions } from '@droplock/core/staff/authenticate'
import { FrameQueue } from '@droplock/http/frame-queue'
import type { Logger } from '@droplock/observability/logger'
import { type Changed, liveResources } from '@droplock/rules/changes'
import { Refusal } from '@droplock/rules/refusals'
import { may } from '@droplock/rules/staff'

/** Windows of one person that are open at once, and some that are not yet known to be closed. */
const STREAMS_PER_PERSON_MAX = 20

/** Windows of all people, in one process. */
const STREAMS_MAX = 500

/** What changes within this is one message. Milliseconds. */
const LOOK_MS = 300

/** How often it is checked whether the sessions of open streams still run. Milliseconds. */
const CHECK_SESSIONS_MS = 1_000

/** Shorter than the minute after which proxies close a silent connection. Milliseconds. */
const HEARTBEAT_MS = 15_000

type Text = { readonly text: string }

type Stream = { actor: StaffActor; readonly queue: FrameQueue<Text> }

/** A place among the streams of the process. */
export type ChangeStream = { readonly queue: FrameQueue<Text>; readonly leave: () => void }

export const resync = 'event: resync\ndata: {}\n\n'
const ended = 'event: ended\ndata: {}\n\n'

/** Reads what changes once for all streams of the process, and gives each what its person may read (ADR 39). */
export class ChangeHub {
  readonly #ctx: Context
  readonly #logger: Logger
  readonly #streams = new Set<Stream>()
  /** Undefined while nothing was read, or something was missed. */
  #look: Look | undefined
  #isClosed = false

  constructor(ctx: Context, logger: Logger) {
    this.#ctx = ctx
    this.#logger = logger
  }

  get open(): number {
    return this.#streams.size
  }

  /**
   * Opens a stream. Everything that is committed after this returns will be in it, or a `resync`. Throws Refusal: too_many_streams,
   * unavailable.
   */
  async admit(actor: StaffActor): Promise<ChangeStream> {
    const own = [...this.#streams].filter((stream) => stream.actor.staffId === actor.staffId)
    if (own.length >= STREAMS_PER_PERSON_MAX)
      throw new Refusal('too_many_streams', 'You have as many windows of the console open as you may have.', {
        streams_max: STREAMS_PER_PERSON_MAX,
      })
    if (this.#isClosed || this.#streams.size >= STREAMS_MAX)
      throw new Refusal('unavailable', 'No stream can be opened at the moment.')
    const stream: Stream = { actor, queue: new FrameQueue<Text>() }
    this.#streams.add(stream)
    const leave = () => {
      this.#streams.delete(stream)
      stream.queue.end()
    }
    try {
      this.#look ??= await beginLooks(this.#ctx)
    } catch (error) {
      leave()
      throw error
    }
    return { queue: stream.queue, leave }
  }

  /** Follows what changes until `signal` aborts, whatever happens to the database; then ends all streams. Never rejects. */
  async follow(signal: AbortSignal): Promise<void> {
    const timers = [
      setInterval(() => this.#give({ text: ': heartbeat\n\n' }), HEARTBEAT_MS),
      setInterval(() => void this.checkSessions(), CHECK_SESSIONS_MS),
    ]
    while (!signal.aborted) {
      await this.#lookAgain()
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined)
    }
    for (const timer of timers) clearInterval(timer)
    this.#isClosed = true
    for (const stream of this.#streams) this.#end(stream, ': closing\n\n')
  }

  /** Nothing is read while nobody watches. */
  async #lookAgain(): Promise<void> {
    if (this.#streams.size === 0) this.#look = undefined
    if (this.#look === undefined && this.#streams.size === 0) return
    try {
      const found = this.#look && (await readChanges(this.#ctx, this.#look))
      if (found === undefined) {
        this.#look = await beginLooks(this.#ctx)
        this.#give({ text: resync })
        return
      }
      this.#look = found.look
      if (!found.changes.isEmpty) this.#distribute(found.changes.take())
    } catch (error) {
      // Unlogged notices do not outlive a crash of the server.
      this.#look = undefined
      this.#logger.warn({ event: 'changes.unread', err: error })
    }
  }

  #distribute(changes: readonly Changed[]): void {
    const texts = new Map<string, Text>()
    for (const { actor, queue } of this.#streams) {
      const key = actor.roles.toSorted().join(' ')
      const text = texts.get(key) ?? frameOf(changes, actor)
      texts.set(key, text)
      if (text.text !== '') queue.push(text)
    }
  }

  #give(text: Text): void {
    for (const { queue } of this.#streams) queue.push(text)
  }

  /** Ends the streams of sessions that have ended and of people who were disabled; changed roles apply from then on. */
  async checkSessions(): Promise<void> {
    const streams = [...this.#streams]
    if (streams.length === 0) return
    const ids = [...new Set(streams.map(({ actor }) => actor.sessionId))]
    const sessions = await findSessions(this.#ctx, ids).catch(() => undefined)
    if (sessions === undefined) return
    for (const stream of streams) {
      const actor = sessions.get(stream.actor.sessionId)
      if (actor === undefined) this.#end(stream, ended)
      else stream.actor = actor
    }
  }

  #end(stream: Stream, text: string): void {
    this.#streams.delete(stream)
    stream.queue.push({ text })
    stream.queue.end()
  }
}

function frameOf(changes: readonly Changed[], { roles }: StaffActor): Text {
  const readable = changes.filter(({ resource }) => may(roles, liveResources[resource]))
  return { text: readable.length === 0 ? '' : `event: changes\ndata: ${JSON.stringify(readable)}\n\n` }
}

/** How soon a window that lost its stream connects again. Milliseconds. */
const RETRY_MS = 2_000

/** The texts of one stream. A window that reads too slowly is asked to read everything again. */
export async function* changeTexts({ queue }: ChangeStream): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`
  for (;;) {
    const taken = await queue.take()
    if (taken === 'end') return
    if (taken === 'overflow') {
      queue.reopen()
      yield resync
    } else yield taken.map(({ text }) => text).join('')
  }
}
