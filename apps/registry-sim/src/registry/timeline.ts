/**
 * What will happen in a registry, in order of time. There is no timer: every access to the registry first lets
 * everything due happen, so that every event takes effect at its own instant, however late the process runs.
 */
type Event = { readonly atMs: number; readonly order: number; readonly run: (atMs: number) => void }

export type Timeline = { readonly heap: Event[]; scheduled: number }

export function makeTimeline(): Timeline {
  return { heap: [], scheduled: 0 }
}

function before(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

function siftUp(heap: Event[], event: Event): void {
  let index = heap.length
  heap.push(event)
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent]
    if (above === undefined || !before(event, above)) break
    heap[index] = above
    index = parent
  }
  heap[index] = event
}

function siftDown(heap: Event[], event: Event): void {
  let index = 0
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    if (left === undefined) break
    const child = right !== undefined && before(right, left) ? 2 * index + 2 : 2 * index + 1
    const below = child === 2 * index + 1 ? left : right
    if (below === undefined || !before(below, event)) break
    heap[index] = below
    index = child
  }
  heap[index] = event
}

function takeFirst(heap: Event[]): Event | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (last !== undefined && heap.length > 0) siftDown(heap, last)
  return first
}

/** Plans `run` for `atMs`. Events of one instant happen in the order in which they were planned. */
export function plan(timeline: Timeline, atMs: number, run: Event['run']): void {
  timeline.scheduled += 1
  siftUp(timeline.heap, { atMs, order: timeline.scheduled, run })
}

/** Lets everything due at or before `nowMs` happen, in order; an event may plan further ones. */
export function advance(timeline: Timeline, nowMs: number): void {
  for (let next = timeline.heap[0]; next !== undefined && next.atMs <= nowMs; next = timeline.heap[0]) {
    takeFirst(timeline.heap)
    next.run(next.atMs)
  }
}
