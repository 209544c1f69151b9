import { Typography } from '@mui/material'
import type { Receiver } from '../api/types.ts'
import { useAction } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

type DisableDialogProps = { readonly receiver: Receiver; readonly onClose: () => void }

export function DisableDialog({ receiver: { id, address }, onClose }: DisableDialogProps) {
  const disable = useAction<string, Receiver>({
    send: (api, reason) => api.post<Receiver>(`receivers/${id}/disable`, { reason }),
    done: () => `Nothing more is sent to ${address}.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Disable ${address}`}
      action="Disable"
      tone="error"
      isSending={disable.isPending}
      error={disable.error}
      onConfirm={(reason) => disable.mutate(reason)}
      onClose={onClose}
    >
      <Typography>Nothing more is sent there, pending notifications included.</Typography>
    </ReasonDialog>
  )
}
