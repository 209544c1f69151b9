import { useState } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { instantOfUtc, typedUtc } from '../format/time.ts'
import { useAction } from '../parts/use-action.ts'
import { useReading } from '../parts/use-reading.ts'

type Window = { readonly drop_from: string; readonly drop_to: string; readonly cutoff_at?: string }

/** What is typed for a move, its preview, and applying exactly what was previewed. */
export function useMove(listing: ListingDetail, onDone: () => void) {
  const [typed, setTyped] = useState({
    from: typedUtc(listing.drop_from),
    to: typedUtc(listing.drop_to),
    cutoff: '',
  })
  const path = `listings/${listing.id}/override`
  const window = windowOf(typed)
  const preview = useReading((api, wanted: Window) => api.post<OverridePreview>(`${path}/preview`, wanted))
  const apply = useAction({
    send: (api, { seen, reason }: { seen: OverridePreview; reason: string }) =>
      api.post<OverridePreview>(path, { ...window, reason, basis: seen.basis }),
    done: () => `${listing.name} is moved.`,
    onDone,
  })
  /** A preview of something else is no preview. */
  const type = (field: keyof typeof typed) => (text: string) => {
    setTyped({ ...typed, [field]: text })
    preview.reset()
    apply.reset()
  }
  const look = () => {
    apply.reset()
    if (window !== undefined) preview.mutate(window)
  }
  return { typed, type, isComplete: window !== undefined, preview, apply, look }
}

/** What was typed, as the API wants it; `undefined` while it is not complete. */
function windowOf({ from, to, cutoff }: { from: string; to: string; cutoff: string }): Window | undefined {
  const drop_from = instantOfUtc(from)
  const drop_to = instantOfUtc(to)
  if (drop_from === undefined || drop_to === undefined) return undefined
  if (cutoff === '') return { drop_from, drop_to }
  const cutoff_at = instantOfUtc(cutoff)
  return cutoff_at === undefined ? undefined : { drop_from, drop_to, cutoff_at }
}
