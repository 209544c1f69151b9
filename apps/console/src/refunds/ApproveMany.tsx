import { BATCH_REFUNDS_MAX } from '@droplock/rules/refunds/batch'
import { Button } from '@mui/material'
import { useListContext } from 'react-admin'
import { useMay } from '../parts/hooks.ts'
import type { Selection } from './BatchDialog.tsx'

/**
 * Neither button holds the dialog: what it approves leaves the list, and the button with it, before its result has been read.
 */
type ChooseProps = { readonly onChoose: (selection: Selection) => void }

/** Approves the rows that are selected. */
export function ApproveSelected({ onChoose }: ChooseProps) {
  const { selectedIds } = useListContext()
  const isTooMany = selectedIds.length > BATCH_REFUNDS_MAX
  return (
    <Button
      variant="contained"
      disabled={isTooMany}
      onClick={() => onChoose({ ids: selectedIds.map(String) })}
    >
      {isTooMany ? `Select at most ${BATCH_REFUNDS_MAX}` : 'Approve selected'}
    </Button>
  )
}

/** Approves what the list shows by its filters, on all pages. */
export function ApproveAllMatching({ onChoose }: ChooseProps) {
  const mayDecide = useMay('refunds:decide')
  const { filterValues, total } = useListContext()
  const { state, ...filter } = filterValues
  if (!mayDecide || state !== 'proposed' || (total ?? 0) === 0) return null
  return (
    <Button variant="outlined" onClick={() => onChoose({ filter })}>
      Approve all matching
    </Button>
  )
}
