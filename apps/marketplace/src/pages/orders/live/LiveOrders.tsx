import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { changedBy, gather } from './changes.ts'
import { Notices } from './Notices.tsx'
import { type Notice, noticesOf, withNotices } from './notices.ts'
import { type FollowedEvent, followEvents } from './stream.ts'

/** While no stream is open, the page asks by itself so often. Milliseconds. */
const POLL_MS = 10_000

/** A window that nobody looks at keeps its stream this long. Milliseconds. */
const HIDDEN_MS = 60_000

/** The page itself shows what a notice says. Milliseconds. */
const SHOWN_MS = 20_000

const Live = createContext(true)

/** Whether changes come by themselves; false once the connection has been lost for some seconds. */
export function useIsLive(): boolean {
  return useContext(Live)
}

/** For queries: how often they are asked again, while changes do not come by themselves. */
export function usePolling(): number | false {
  return useIsLive() ? false : POLL_MS
}

/** What is inside shows changes of the account's orders as they happen, and they are said. One stream, as long as the window is looked at. */
export function LiveOrders({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const [isLive, setIsLive] = useState(true)
  const [notices, setNotices] = useState<readonly Notice[]>([])
  useEffect(() => {
    const events = gather<FollowedEvent>({
      wait,
      nowMs: () => performance.now(),
      flush: (together) => {
        const keys = new Map(together.flatMap(changedBy).map((key) => [key.join(' '), key]))
        for (const queryKey of keys.values()) void queries.invalidateQueries({ queryKey })
        const said = noticesOf(together)
        setNotices((before) => withNotices(before, said))
        wait(() => setNotices((before) => before.filter((one) => !said.includes(one))), SHOWN_MS)
      },
    })
    const stream = followEvents({
      open: (url) => new EventSource(url),
      wait,
      onEvent: events.add,
      onStale: () =>
        void queries.invalidateQueries({ predicate: ({ queryKey: [of] }) => shown.has(String(of)) }),
      onConnection: setIsLive,
    })
    const stopWatching = watchWindow(stream)
    return () => {
      stopWatching()
      events.stop()
      stream.close()
    }
  }, [queries])
  return (
    <Live value={isLive}>
      {children}
      <Notices
        notices={notices}
        onClose={(id) => setNotices((before) => before.filter((one) => one.id !== id))}
      />
    </Live>
  )
}

/** The queries of these pages. */
const shown: ReadonlySet<string> = new Set([
  'backorders',
  'backorder',
  'registration',
  'registration-requests',
  'renewals',
  'invoices',
])

function wait(work: () => void, ms: number): () => void {
  const timer = window.setTimeout(work, ms)
  return () => window.clearTimeout(timer)
}

/** Browsers keep six connections to a server: windows in the background leave theirs to the one that is looked at. */
function watchWindow(stream: { readonly pause: () => void; readonly resume: () => void }): () => void {
  let stopPausing: (() => void) | undefined
  const look = () => {
    stopPausing?.()
    if (document.visibilityState === 'visible') stream.resume()
    else stopPausing = wait(stream.pause, HIDDEN_MS)
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    stopPausing?.()
    document.removeEventListener('visibilitychange', look)
  }
}
