import { Typography } from '@mui/material'
import type { Receiver } from '../api/types.ts'
import { useAction } from '../parts/use-action.ts'
import { SendDialog } from './SendDialog.tsx'

type DisableDialogProps = { readonly receiver: Receiver; readonly onClose: () => void }

export function DisableDialog({ receiver: { id, address }, onClose }: DisableDialogProps) {
  const disable = useAction({
    send: (api, _: void) => api.post<Receiver>(`receivers/${id}/disable`, {}),
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
