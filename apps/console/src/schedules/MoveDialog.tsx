import { Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import type { ListingDetail, OverridePreview } from '../api/types.ts'
import { instantOfUtc, typedUtc } from '../format/time.ts'
import { words } from '../format/words.ts'
import { FormDialog, ReasonInput } from '../parts/Form.tsx'
import { useAction, usePreview } from '../parts/hooks.ts'
import { ChangedMeanwhile, type EditedFields } from '../parts/Stale.tsx'
import { PreviewTable } from './PreviewTable.tsx'
import { UtcInput } from './UtcInput.tsx'

/** What a move is decided by, as text. */
const scheduleFields: EditedFields<OverridePreview['basis']> = [
  ['State', ({ state }) => words(state)],
  ['Window starts', ({ drop_from }) => `${typedUtc(drop_from)} UTC`],
  ['Window ends', ({ drop_to }) => `${typedUtc(drop_to)} UTC`],
  ['Orders close', ({ cutoff_at }) => `${typedUtc(cutoff_at)} UTC`],
  ['Order', ({ holder }) => words(holder)],
]

type Move = {
  readonly from: string
  readonly to: string
  readonly cutoff: string
  readonly reason: string
}

/** Moves a listing in two steps: a preview of the effect, then the move with its reason. */
export function MoveDialog({ listing, onClose }: { listing: ListingDetail; onClose: () => void }) {
  const path = `listings/${listing.id}/override`
  const preview = usePreview((api, move: Move) =>
    api.post<OverridePreview>(`${path}/preview`, windowOf(move)),
  )
  const seen = preview.data
  // What the preview that was refused had shown: others have changed the listing since.
  const [refused, setRefused] = useState<OverridePreview>()
  const apply = useAction({
    send: (api, move: Move) =>
      api.post<OverridePreview>(path, { ...windowOf(move), reason: move.reason, basis: seen?.basis }),
    done: () => `Window of ${listing.name} moved.`,
    onDone: onClose,
  })
  const previewAgain = () => {
    apply.reset()
    setRefused(seen)
    if (preview.variables !== undefined) preview.mutate(preview.variables)
  }
  const step = seen === undefined ? preview : apply
  const discardPreview = () => {
    preview.reset()
    apply.reset()
    setRefused(undefined)
  }
  return (
    <FormDialog<Move>
      title={`Move ${listing.name}`}
      action={seen === undefined ? 'Preview' : 'Move'}
      maxWidth="md"
      initial={{ from: typedUtc(listing.drop_from), to: typedUtc(listing.drop_to), cutoff: '', reason: '' }}
      change={step}
      beside={apply.error === null ? null : <Button onClick={previewAgain}>Preview again</Button>}
      onClose={onClose}
    >
      <Stack direction="row" sx={{ gap: 2 }}>
        <UtcInput<Move> name="from" label="Window starts" onChange={discardPreview} />
        <UtcInput<Move> name="to" label="Window ends" onChange={discardPreview} />
        <UtcInput<Move>
          name="cutoff"
          label="Orders close"
          onChange={discardPreview}
          ifEmpty="Default: the zone’s usual lead time"
        />
      </Stack>
      {seen === undefined ? (
        <Typography color="textSecondary">Preview the effect first, then give a reason and move.</Typography>
      ) : (
        <>
          {refused === undefined ? null : (
            <ChangedMeanwhile
              fields={scheduleFields}
              base={refused.basis}
              now={seen.basis}
              since="the first preview"
            >
              What you typed is kept. It replaces these values when you move the window.
            </ChangedMeanwhile>
          )}
          <PreviewTable preview={seen} />
          <ReasonInput />
        </>
      )}
    </FormDialog>
  )
}

/** What was typed, as the API takes it. */
function windowOf({ from, to, cutoff }: Move) {
  return {
    drop_from: instantOfUtc(from),
    drop_to: instantOfUtc(to),
    ...(cutoff === '' ? {} : { cutoff_at: instantOfUtc(cutoff) }),
  }
}
