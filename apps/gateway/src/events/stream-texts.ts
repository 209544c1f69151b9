import type { EventPage } from '@droplock/core/events/feed'
import { beginning, type Frame, frameOf, heartbeat, resync } from './event-frame.ts'
import type { OpenStream } from './event-hub.ts'

type StreamOf = {
  readonly stream: OpenStream
  /** The events that the caller may read after a cursor. */
  readonly read: (after: bigint) => Promise<EventPage>
  /** Where it begins, and what the client's cursor was if that is gone. */
  readonly start: { readonly position: bigint; readonly oldestCursor?: string | undefined }
}

/**
 * The texts of one stream: first what the client has missed, page after page as it reads them, then what the hub gives. A client that is
 * slower than the hub gets pages again. Nothing is missed in between, and nothing comes twice.
 */
export async function* streamTexts({ stream, read, start }: StreamOf): AsyncGenerator<string> {
  const { queue } = stream
  let last = start.position
  yield start.oldestCursor === undefined
    ? beginning(last)
    : beginning(last) + resync(last, start.oldestCursor)
  while (!queue.isEnded) {
    const { events, cursor, hasMore } = await read(last)
    const text = events.map((event) => frameOf(event)?.text ?? '').join('')
    last = cursor
    if (text !== '') yield text
    // What the hub had given before it was joined, and this page did not have yet, is in another.
    if (hasMore || last < stream.join()) continue
    let taken = await queue.take()
    for (; typeof taken !== 'string'; taken = await queue.take()) {
      const live = taken.map((frame) => textAfter(frame, last)).join('')
      last = taken.reduce(furthest, last)
      if (live !== '') yield live
    }
  }
}

function furthest(last: bigint, frame: Frame): bigint {
  return frame.kind === 'comment' || frame.position < last ? last : frame.position
}

/** A client that was here before may be further than this process: its cursor never goes back. */
function textAfter(frame: Frame, last: bigint): string {
  if (frame.kind === 'comment') return frame.text
  if (frame.kind === 'event') return frame.position > last ? frame.text : ''
  return frame.position >= last ? frame.text : heartbeat(last).text
}
