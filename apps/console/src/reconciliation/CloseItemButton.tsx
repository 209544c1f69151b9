import type { FindingKind } from '@droplock/rules/reconciliation/finding'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { ReconciliationItem } from '../api/types.ts'
import { capitalised } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'

/** The title of each kind of mismatch. */
export const mismatchTexts: Readonly<Record<FindingKind, string>> = {
  missing_there: 'Missing in their books',
  unknown_here: 'Missing in our books',
  doubled: 'Duplicate',
  altered: 'Different values',
  unreadable: 'Unreadable line',
  sum_differs: 'Different total',
  broken: 'Inconsistent ledger',
}

export function CloseItemButton({ item }: { item: ReconciliationItem }) {
  const mayClose = useMay('reconciliation:close')
  const [isOpen, setOpen] = useState(false)
  if (!mayClose) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Close
      </Button>
      {isOpen ? <CloseItemDialog item={item} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function CloseItemDialog({ item, onClose }: { item: ReconciliationItem; onClose: () => void }) {
  const close = useAction<Reasoned, ReconciliationItem>({
    send: (api, { reason }) => api.post(`reconciliation/items/${item.id}/close`, { note: reason }),
    done: () => 'Mismatch closed.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Close mismatch: ${mismatchTexts[item.kind].toLowerCase()} (${item.source})`}
      action="Close mismatch"
      initial={{ reason: '' }}
      change={close}
      onClose={onClose}
    >
      <Typography>{capitalised(item.detail)}.</Typography>
      <Typography color="textSecondary">
        It stays closed while later runs find the same. If anything changes, a new mismatch is opened.
      </Typography>
      <ReasonInput label="Resolution" />
    </FormDialog>
  )
}
