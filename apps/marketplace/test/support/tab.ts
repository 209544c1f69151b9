import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** What a browser does with an EventSource (HTML Living Standard, section 9.2): it connects again, with the last id, until it is refused. */
export type Tab = {
  /** The names and topics of the events that have come, in order. */
  readonly received: string[]
  /** Connections that were accepted. */
  readonly connections: () => number
  /** The status of the answer that ended it for good. */
  readonly refused: () => number | undefined
  readonly comments: string[]
  /** As a page does that was refused: it opens another stream, after the last event. */
  readonly retry: () => void
  readonly headers: () => Headers | undefined
  readonly close: () => void
}

export function openTab(urlNow: () => string, cookie: string): Tab {
  const closing = new AbortController()
  onTestFinished(() => closing.abort())
  const received: string[] = []
  const comments: string[] = []
  let [connections, retryMs, lastEventId] = [0, 100, '']
  const end: { refused: number | undefined } = { refused: undefined }
  let headers: Headers | undefined
  const take = (block: string) => {
    const fields = new Map(
      block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line)?.slice(1) as [string, string]),
    )
    const [id, retry, event, data, comment] = ['id', 'retry', 'event', 'data', ''].map((name) =>
      fields.get(name),
    )
    if (id !== undefined) lastEventId = id
    // Sooner than a browser, so that tests take no longer than they must.
    if (retry !== undefined) retryMs = Math.min(Number(retry), 100)
    if (comment !== undefined) comments.push(comment)
    if (event !== undefined && data !== undefined)
      received.push(event === 'resync' ? event : `${event} ${JSON.parse(data).data.name}`)
  }
  const connect = async () => {
    const response = await fetch(`${urlNow()}/api/v1/events/stream`, {
      headers: {
        cookie,
        accept: 'text/event-stream',
        ...(lastEventId !== '' && { 'last-event-id': lastEventId }),
      },
      signal: closing.signal,
    })
    if (response.status !== 200 || response.body === null) {
      end.refused = response.status
      return
    }
    connections += 1
    headers = response.headers
    let rest = ''
    const decoder = new TextDecoder()
    for await (const part of response.body) {
      const blocks = (rest + decoder.decode(part, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }
  const run = async () => {
    while (!closing.signal.aborted && end.refused === undefined) {
      await connect().catch(() => undefined)
      await sleep(retryMs)
    }
  }
  void run()
  return {
    received,
    comments,
    connections: () => connections,
    refused: () => end.refused,
    retry: () => {
      end.refused = undefined
      void run()
    },
    headers: () => headers,
    close: () => closing.abort(),
  }
}
