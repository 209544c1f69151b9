import { type ListingAction, listingActions } from '@droplock/rules/listings'
import { Button } from '@mui/material'
import { useState } from 'react'
import type { ListingDetail } from '../api/types.ts'
import { useMe } from '../parts/use-me.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { UndoDialog } from './UndoDialog.tsx'

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
