import { Skeleton, Typography } from '@mui/material'
import { useEffect } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { useReading } from '../parts/use-reading.ts'
import { PreviewTable } from './PreviewTable.tsx'

/** Takes a move back: the listing returns to what lists say by now, and follows them again. */
export function UndoDialog({ listing, onClose }: { listing: ListingDetail; onClose: () => void }) {
  const path = `listings/${listing.id}/override/undo`
  const preview = useReading((api, of: string) => api.post<OverridePreview>(`${of}/preview`, {}))
  const { mutate: look, data: seen, error: unseen } = preview
  useEffect(() => look(path), [look, path])
  const undo = useAction({
    send: (api, reason: string) => api.post<OverridePreview>(path, { reason, basis: seen?.basis }),
    done: () => `${listing.name} follows the lists again.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Undo the move of ${listing.name}`}
      action="Undo"
      wide
      isIncomplete={seen === undefined}
      isSending={undo.isPending}
      error={unseen ?? undo.error}
      onConfirm={(reason) => undo.mutate(reason)}
      onClose={onClose}
    >
      <Typography>
        The window returns to what the lists say, and lists move it again. An order accepted meanwhile stays.
      </Typography>
      {seen === undefined ? <Skeleton variant="rounded" height={180} /> : <PreviewTable preview={seen} />}
    </ReasonDialog>
  )
}
