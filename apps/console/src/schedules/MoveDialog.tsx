import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material'
import { type SyntheticEvent, useState } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { instantOfUtc, typedUtc } from '../format/time.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { ReasonField } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { useReading } from '../parts/use-reading.ts'
import { PreviewTable } from './PreviewTable.tsx'
import { UtcField } from './UtcField.tsx'

type Window = { readonly drop_from: string; readonly drop_to: string; readonly cutoff_at?: string }

/** Moves a listing: first what it would do, then why, then it is done. */
export function MoveDialog({ listing, onClose }: { listing: ListingDetail; onClose: () => void }) {
  const [from, setFrom] = useState(typedUtc(listing.drop_from))
  const [to, setTo] = useState(typedUtc(listing.drop_to))
  const [cutoff, setCutoff] = useState('')
  const [reason, setReason] = useState('')
  const window = windowOf(from, to, cutoff)
  const path = `listings/${listing.id}/override`
  const preview = useReading((api, wanted: Window) => api.post<OverridePreview>(`${path}/preview`, wanted))
  const apply = useAction({
    send: (api, seen: OverridePreview) =>
      api.post<OverridePreview>(path, { ...window, reason, basis: seen.basis }),
    done: () => `${listing.name} is moved.`,
    onDone: onClose,
  })
  const changed = (set: (text: string) => void) => (text: string) => {
    set(text)
    preview.reset()
    apply.reset()
  }
  const seen = preview.data
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (seen === undefined) return window === undefined ? undefined : preview.mutate(window)
    if (reason.trim() !== '') apply.mutate(seen)
  }
  const again = () => {
    apply.reset()
    if (window !== undefined) preview.mutate(window)
  }

  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-label={`Move ${listing.name}`}>
      <form onSubmit={submit}>
        <DialogTitle>Move {listing.name}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 0.5 }}>
            <Stack direction="row" sx={{ gap: 2 }}>
              <UtcField label="Window starts" value={from} onChange={changed(setFrom)} />
              <UtcField label="Window ends" value={to} onChange={changed(setTo)} />
              <UtcField
                label="Orders close"
                value={cutoff}
                onChange={changed(setCutoff)}
                ifEmpty="the zone's usual lead before the start"
              />
            </Stack>
            {seen === undefined ? (
              <Typography color="textSecondary">
                Nothing changes before you have seen the preview and said why.
              </Typography>
            ) : (
              <>
                <PreviewTable preview={seen} />
                <ReasonField value={reason} onChange={setReason} />
              </>
            )}
            {preview.error === null ? null : <ProblemAlert error={preview.error} />}
            {apply.error === null ? null : <ProblemAlert error={apply.error} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} color="inherit">
            Cancel
          </Button>
          {apply.error === null ? null : <Button onClick={again}>Preview again</Button>}
          {seen === undefined ? (
            <Button type="submit" variant="contained" disabled={window === undefined || preview.isPending}>
              Preview
            </Button>
          ) : (
            <Button type="submit" variant="contained" disabled={reason.trim() === '' || apply.isPending}>
              Move
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** What was typed, as the API wants it; `undefined` while it is not complete. */
function windowOf(from: string, to: string, cutoff: string): Window | undefined {
  const drop_from = instantOfUtc(from)
  const drop_to = instantOfUtc(to)
  if (drop_from === undefined || drop_to === undefined) return undefined
  if (cutoff === '') return { drop_from, drop_to }
  const cutoff_at = instantOfUtc(cutoff)
  return cutoff_at === undefined ? undefined : { drop_from, drop_to, cutoff_at }
}
