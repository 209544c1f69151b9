import { BATCH_REFUNDS_MAX } from '@droplock/rules/refunds/batch'
import { Button } from '@mui/material'
import { useState } from 'react'
import { useListContext } from 'react-admin'
import { useMay } from '../parts/hooks.ts'
import { BatchDialog, type Selection } from './BatchDialog.tsx'

/** Approves the rows that are selected. */
export function ApproveSelected() {
  const { selectedIds, onUnselectItems } = useListContext()
  const [chosen, setChosen] = useState<Selection>()
  const close = (isDone: boolean) => {
    setChosen(undefined)
    if (isDone) onUnselectItems()
  }
  return (
    <>
      <Button
        variant="contained"
        disabled={selectedIds.length > BATCH_REFUNDS_MAX}
        onClick={() => setChosen({ ids: selectedIds.map(String) })}
      >
        {selectedIds.length > BATCH_REFUNDS_MAX ? `Select at most ${BATCH_REFUNDS_MAX}` : 'Approve selected'}
      </Button>
      {chosen === undefined ? null : <BatchDialog selection={chosen} onClose={close} />}
    </>
  )
}

/** Approves what the list shows by its filters, on all pages. */
export function ApproveAllMatching() {
  const mayDecide = useMay('refunds:decide')
  const { filterValues, total } = useListContext()
  const [chosen, setChosen] = useState<Selection>()
  const { state, ...filter } = filterValues
  if (!mayDecide || state !== 'proposed' || (total ?? 0) === 0) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setChosen({ filter })}>
        Approve all matching
      </Button>
      {chosen === undefined ? null : <BatchDialog selection={chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}
