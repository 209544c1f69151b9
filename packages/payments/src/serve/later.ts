import type { Processor } from '../processor/processor.ts'
import { allDue, isDue } from '../processor/settle.ts'

type Later = {
  /** If something is due of the object, it happens when the time has come. */
  watch(objectId: string): void
  stop(): void
}

/** Makes due things happen `laterMs` after they are seen; `by_hand`: never by itself. */
export function createLater(
  processor: Processor,
  laterMs: number | 'by_hand',
  settle: (objectId: string) => void,
): Later {
  const timers = new Map<string, NodeJS.Timeout>()
  const watch = (objectId: string) => {
    if (laterMs === 'by_hand' || timers.has(objectId) || !isDue(processor.books, objectId)) return
    const timer = setTimeout(() => {
      timers.delete(objectId)
      if (isDue(processor.books, objectId)) settle(objectId)
    }, laterMs)
    timers.set(objectId, timer.unref())
  }
  for (const objectId of allDue(processor.books)) watch(objectId)
  return {
    watch,
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
