import { Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import type { ListingDetail } from '../api/types.ts'
import { ReasonField } from '../parts/ReasonDialog.tsx'
import { SendDialog } from '../parts/SendDialog.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { UtcField } from './UtcField.tsx'
import { useMove } from './use-move.ts'

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
