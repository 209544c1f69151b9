import type { FeedEvent } from '@droplock/core/events/feed'
import { newId } from '@droplock/core/new-id'
import { FrameQueue } from '@droplock/http/frame-queue'
import { expect, test } from 'vitest'
import { type Frame, frameOf, heartbeat } from '../src/events/event-frame.ts'
import type { OpenStream } from '../src/events/event-hub.ts'
import { streamTexts } from '../src/events/stream-texts.ts'

function eventAt(position: bigint, description = ''): FeedEvent {
  const id = newId()
  const data = { id, url: 'https://shop.test', description, created_at: '2026-02-15T13:00:00.000Z' }
  return {
    id,
    position,
    topic: 'webhook_endpoint.tested',
    accountId: id,
    subAccountId: null,
    subjectId: id,
    data,
    occurredAt: new Date(),
  }
}

function frameAt(position: bigint, description?: string): Frame {
  const frame = frameOf(eventAt(position, description))
  if (frame === undefined) throw new Error('no frame')
  return frame
}

/** A feed with so many events, in pages of two, and a hub that is at `hubAt`. */
function given(kept: number, hubAt: bigint) {
  const queue = new FrameQueue<Frame>()
  const feed = { last: kept, reads: [] as bigint[] }
  const stream: OpenStream = {
    queue,
    join: () => {
      queue.reopen()
      return hubAt
    },
    leave: () => queue.end(),
  }
  const read = async (after: bigint) => {
    feed.reads.push(after)
    const positions = Array.from({ length: feed.last }, (_, index) => BigInt(index + 1))
    const items = positions.filter((position) => position > after).slice(0, 2)
    const isFull = items.length === 2
    const cursor = isFull ? (items.at(-1) ?? after) : BigInt(feed.last)
    return { events: items.map((position) => eventAt(position)), cursor, hasMore: isFull }
  }
  return { queue, feed, stream, read }
}

/** The ids of a text, in order; those of heartbeats in brackets. */
const idsOf = (text: string) =>
  text.split('\n\n').flatMap((block) => {
    const id = /^id: (\d+)$/m.exec(block)?.[1]
    return id === undefined ? [] : [block.includes('heartbeat') ? `(${id})` : id]
  })

async function all(texts: AsyncGenerator<string>): Promise<readonly string[]> {
  const parts: string[] = []
  for await (const text of texts) parts.push(text)
  return idsOf(parts.join(''))
}

test('what the hub gave before it was joined, and the last page did not have yet, is read', async () => {
  const { queue, feed, stream, read } = given(1, 3n)
  const texts = streamTexts({ stream, read, start: { position: 0n } })
  expect(idsOf((await texts.next()).value ?? '')).toEqual(['0'])
  expect(idsOf((await texts.next()).value ?? '')).toEqual(['1'])
  feed.last = 3
  queue.push(frameAt(4n))
  const rest = all(texts)
  await expect.poll(() => feed.reads).toEqual([0n, 1n, 3n])
  queue.end()
  expect(await rest).toEqual(['2', '3', '4'])
})

test('what a page had already does not come again from the hub, and the cursor never goes back', async () => {
  const live = given(3, 1n)
  const following = all(streamTexts({ ...live, start: { position: 3n } }))
  await expect.poll(() => live.feed.reads).toEqual([3n])
  for (const frame of [frameAt(2n), heartbeat(2n), frameAt(3n), frameAt(4n), heartbeat(4n)])
    live.queue.push(frame)
  live.queue.end()
  expect(await following).toEqual(['3', '(3)', '4', '(4)'])
})

test('a reader for whom more comes than may wait reads pages again, and misses nothing', async () => {
  const { queue, feed, stream, read } = given(0, 0n)
  const texts = streamTexts({ stream, read, start: { position: 0n } })
  await texts.next()
  const next = texts.next()
  await expect.poll(() => feed.reads).toEqual([0n])
  feed.last = 3
  for (const position of [1n, 2n, 3n]) queue.push(frameAt(position, 'x'.repeat(100_000)))
  const [first, second] = [await next, await texts.next()]
  expect([...idsOf(first.value ?? ''), ...idsOf(second.value ?? '')]).toEqual(['1', '2', '3'])
  expect(feed.reads).toEqual([0n, 0n, 2n])
  const rest = all(texts)
  await expect.poll(() => feed.reads.length).toBeGreaterThan(2)
  queue.push(frameAt(4n))
  queue.end()
  expect(await rest).toEqual(['4'])
})
