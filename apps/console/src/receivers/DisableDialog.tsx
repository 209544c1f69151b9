import { Typography } from '@mui/material'
import type { Receiver } from '../api/types.ts'
import { SendDialog } from '../parts/SendDialog.tsx'
import { useAction } from '../parts/use-action.ts'

type DisableDialogProps = { readonly receiver: Receiver; readonly onClose: () => void }

export function DisableDialog({ receiver: { id, address }, onClose }: DisableDialogProps) {
  const disable = useAction<void, Receiver>({
    send: (api) => api.post<Receiver>(`receivers/${id}/disable`, {}),
    done: () => `Nothing more is sent to ${address}.`,
    onDone: onClose,
  })
  return (
    <SendDialog
      title={`Disable ${address}`}
      action="Disable"
      tone="error"
      isSending={disable.isPending}
      error={disable.error}
      onSend={() => disable.mutate()}
      onClose={onClose}
    >
      <Typography>Nothing more is sent there, pending notifications included.</Typography>
    </SendDialog>
  )
}
