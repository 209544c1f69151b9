import { type ListingAction, listingActions } from '@droplock/rules/listings'
import { Button, Skeleton, Typography } from '@mui/material'
import { useEffect, useState } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { useAction, useMe, useReading } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { PreviewTable } from './PreviewTable.tsx'

const labels: Readonly<Record<ListingAction, string>> = { override: 'Move the window', undo: 'Undo the move' }

/** What this person may do with the schedule now, by the table the server decides with. */
export function ScheduleButtons({ listing }: { listing: ListingDetail }) {
  const me = useMe()
  const [chosen, setChosen] = useState<ListingAction>()
  const close = () => setChosen(undefined)
  return (
    <>
      {listingActions(listing, me?.roles ?? [])
        .toReversed()
        .map((action) => (
          <Button
            key={action}
            variant={action === 'override' ? 'contained' : 'outlined'}
            onClick={() => setChosen(action)}
          >
            {labels[action]}
          </Button>
        ))}
      {chosen === 'override' ? <MoveDialog listing={listing} onClose={close} /> : null}
      {chosen === 'undo' ? <UndoDialog listing={listing} onClose={close} /> : null}
    </>
  )
}

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
