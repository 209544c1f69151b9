import { Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { instantOfUtc, typedUtc } from '../format/time.ts'
import { useAction, useReading } from '../parts/hooks.ts'
import { ReasonField } from '../parts/ReasonDialog.tsx'
import { SendDialog } from '../parts/SendDialog.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { UtcField } from './UtcField.tsx'

/** Moves a listing: first what it would do, then why, then it is done. */
export function MoveDialog({ listing, onClose }: { listing: ListingDetail; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { typed, type, isComplete, preview, apply, look } = useMove(listing, onClose)
  const seen = preview.data
  const send = () => {
    if (seen === undefined) look()
    else apply.mutate({ seen, reason: reason.trim() })
  }
  return (
    <SendDialog
      title={`Move ${listing.name}`}
      action={seen === undefined ? 'Preview' : 'Move'}
      maxWidth="md"
      isReady={seen === undefined ? isComplete : reason.trim() !== ''}
      isSending={preview.isPending || apply.isPending}
      error={preview.error ?? apply.error}
      beside={apply.error === null ? null : <Button onClick={look}>Preview again</Button>}
      onSend={send}
      onClose={onClose}
    >
      <Stack direction="row" sx={{ gap: 2 }}>
        <UtcField label="Window starts" value={typed.from} onChange={type('from')} />
        <UtcField label="Window ends" value={typed.to} onChange={type('to')} />
        <UtcField
          label="Orders close"
          value={typed.cutoff}
          onChange={type('cutoff')}
          ifEmpty="empty: the zone's usual lead"
        />
      </Stack>
      {seen === undefined ? (
        <Typography color="textSecondary">Preview the move and give a reason first.</Typography>
      ) : (
        <>
          <PreviewTable preview={seen} />
          <ReasonField value={reason} onChange={setReason} />
        </>
      )}
    </SendDialog>
  )
}

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
