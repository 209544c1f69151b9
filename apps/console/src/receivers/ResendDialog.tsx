import { Typography } from '@mui/material'
import type { Receiver } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { useAction } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'

type ResendDialogProps = { readonly receiver: Receiver; readonly onClose: () => void }

export function ResendDialog({ receiver: { id, address, failed }, onClose }: ResendDialogProps) {
  const resend = useAction<string, Receiver>({
    send: (api, reason) => api.post<Receiver>(`receivers/${id}/resend`, { reason }),
    done: ({ pending }) => `${counted(pending, 'notification')} on the way to ${address}.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Send again to ${address}`}
      action="Send again"
      isSending={resend.isPending}
      error={resend.error}
      onConfirm={(reason) => resend.mutate(reason)}
      onClose={onClose}
    >
      <Typography>{counted(failed, 'failed notification')} will be sent again.</Typography>
    </ReasonDialog>
  )
}
