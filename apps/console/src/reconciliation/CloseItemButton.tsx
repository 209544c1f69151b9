import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { ReconciliationItem } from '../api/types.ts'
import { words } from '../format/words.ts'
import { useAction, useMay } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

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
  const close = useAction({
    send: (api, note: string) =>
      api.post<ReconciliationItem>(`reconciliation/items/${item.id}/close`, { note }),
    done: () => 'Item closed.',
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Close: ${words(item.kind).toLowerCase()} at ${item.source}`}
      label="How it was dealt with"
      action="Close"
      isSending={close.isPending}
      error={close.error}
      onConfirm={(note) => close.mutate(note)}
      onClose={onClose}
    >
      <Typography>{item.detail}</Typography>
      <Typography color="textSecondary">
        It stays closed as long as the same is found; what changes is a new item.
      </Typography>
    </ReasonDialog>
  )
}
