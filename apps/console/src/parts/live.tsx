import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { followLiveChanges } from '../api/live-changes.ts'
import { StateChip } from './StateChip.tsx'

const Live = createContext(true)

/** Has what is shown read again when it changes, from the sign-in on. Around all pages of a window, once. */
export function LiveChanges({ children }: { children?: ReactNode }) {
  const queries = useQueryClient()
  const [isLive, setIsLive] = useState(true)
  useEffect(
    () =>
      followLiveChanges({
        queries,
        connect: () => new EventSource('/api/changes'),
        document,
        onState: setIsLive,
      }),
    [queries],
  )
  return <Live.Provider value={isLive}>{children}</Live.Provider>
}

/** Whether what is shown is as it is now, beside the title of a page that is watched. */
export function LiveChip() {
  const isLive = useIsLive()
  return <StateChip state={isLive ? 'live' : 'not live'} tone={isLive ? 'success' : 'warning'} />
}

/** Whether changes are shown as they happen; otherwise what is shown is up to half a minute old. */
export function useIsLive(): boolean {
  return useContext(Live)
}
