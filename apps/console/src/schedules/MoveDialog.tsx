import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material'
import { type SyntheticEvent, useState } from 'react'
import type { ListingDetail } from '../api/types.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { ReasonField } from '../parts/ReasonDialog.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { UtcField } from './UtcField.tsx'
import { useMove } from './use-move.ts'

/** Moves a listing: first what it would do, then why, then it is done. */
export function MoveDialog({ listing, onClose }: { listing: ListingDetail; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { typed, type, isComplete, preview, apply, look } = useMove(listing, onClose)
  const seen = preview.data
  const isReady =
    seen === undefined ? isComplete && !preview.isPending : reason.trim() !== '' && !apply.isPending
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    if (seen === undefined) look()
    else apply.mutate({ seen, reason: reason.trim() })
  }
  const error = preview.error ?? apply.error
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-label={`Move ${listing.name}`}>
      <form onSubmit={submit}>
        <DialogTitle>Move {listing.name}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
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
              <Typography color="textSecondary">
                Nothing changes before you have seen the preview and said why.
              </Typography>
            ) : (
              <>
                <PreviewTable preview={seen} />
                <ReasonField value={reason} onChange={setReason} />
              </>
            )}
            {error === null ? null : <ProblemAlert error={error} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} color="inherit">
            Cancel
          </Button>
          {apply.error === null ? null : <Button onClick={look}>Preview again</Button>}
          <Button type="submit" variant="contained" disabled={!isReady}>
            {seen === undefined ? 'Preview' : 'Move'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
