import { type ListingAction, listingActions } from '@droplock/rules/listings'
import { Button, Skeleton, Typography } from '@mui/material'
import { useEffect, useState } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe, usePreview } from '../parts/hooks.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { MoveDialog } from './MoveDialog.tsx'
import { PreviewTable } from './PreviewTable.tsx'

const labels: Readonly<Record<ListingAction, string>> = { override: 'Move window', undo: 'Undo move' }

/** What this person may do with the schedule now, by the table that the server decides with. */
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

/** Undoes a move: the listing returns to the window in the lists, and follows them again. */
function UndoDialog({ listing, onClose }: { listing: ListingDetail; onClose: () => void }) {
  const path = `listings/${listing.id}/override/undo`
  const preview = usePreview((api, of: string) => api.post<OverridePreview>(`${of}/preview`, {}))
  const { mutate: requestPreview, data: seen, error: previewError } = preview
  useEffect(() => requestPreview(path), [requestPreview, path])
  const undo = useAction({
    send: (api, { reason }: Reasoned) => api.post<OverridePreview>(path, { reason, basis: seen?.basis }),
    done: () => `${listing.name} follows the lists again.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Undo the move of ${listing.name}`}
      action="Undo move"
      maxWidth="md"
      initial={{ reason: '' }}
      isReady={seen !== undefined}
      change={undo}
      onClose={onClose}
    >
      <Typography>
        The drop window returns to the one in the lists, and later lists can move it again. An order accepted
        since the move is kept.
      </Typography>
      {previewError === null ? null : (
        <ProblemAlert error={previewError} onRetry={() => requestPreview(path)} />
      )}
      {seen === undefined ? <Skeleton variant="rounded" height={180} /> : <PreviewTable preview={seen} />}
      <ReasonInput />
    </FormDialog>
  )
}
