import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Receiver } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { ReceiverDialog } from './ReceiverDialog.tsx'
import { TestReceiverDialog } from './TestReceiverDialog.tsx'

export function AddReceiverButton() {
  const mayManage = useMay('receivers:manage')
  const [isOpen, setIsOpen] = useState(false)
  if (!mayManage) return null
  return (
    <>
      <Button variant="contained" onClick={() => setIsOpen(true)}>
        Add receiver
      </Button>
      {isOpen ? <ReceiverDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}

export function ReceiverButtons({ receiver }: { receiver: Receiver }) {
  const mayManage = useMay('receivers:manage')
  const [chosen, setChosen] = useState<'test' | 'resend' | 'edit' | 'disable'>()
  if (!mayManage || receiver.disabled_at !== undefined) return null
  const close = () => setChosen(undefined)
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {receiver.failed > 0 ? (
        <Button variant="outlined" onClick={() => setChosen('resend')}>
          Send again
        </Button>
      ) : null}
      <Button variant="outlined" aria-label={`Test ${receiver.address}`} onClick={() => setChosen('test')}>
        Test
      </Button>
      <Button variant="outlined" onClick={() => setChosen('edit')}>
        Edit
      </Button>
      <Button variant="outlined" color="error" onClick={() => setChosen('disable')}>
        Disable
      </Button>
      {chosen === 'test' ? <TestReceiverDialog receiver={receiver} onClose={close} /> : null}
      {chosen === 'resend' ? <ResendDialog receiver={receiver} onClose={close} /> : null}
      {chosen === 'edit' ? <ReceiverDialog receiver={receiver} onClose={close} /> : null}
      {chosen === 'disable' ? <DisableDialog receiver={receiver} onClose={close} /> : null}
    </Box>
  )
}

type DialogProps = { readonly receiver: Receiver; readonly onClose: () => void }

function ResendDialog({ receiver: { id, address, failed }, onClose }: DialogProps) {
  const resend = useAction<Reasoned, Receiver>({
    send: (api, values) => api.post(`receivers/${id}/resend`, values),
    done: ({ pending }) => `${counted(pending, 'notification')} to ${address} will be sent again.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Send again to ${address}`}
      action="Send again"
      initial={{ reason: '' }}
      change={resend}
      onClose={onClose}
    >
      <Typography>{counted(failed, 'failed notification')} will be sent again.</Typography>
      <ReasonInput />
    </FormDialog>
  )
}

function DisableDialog({ receiver: { id, address }, onClose }: DialogProps) {
  const disable = useAction<Reasoned, Receiver>({
    send: (api, values) => api.post(`receivers/${id}/disable`, values),
    done: () => `${address} gets no more notifications.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Disable ${address}`}
      action="Disable"
      tone="error"
      initial={{ reason: '' }}
      change={disable}
      onClose={onClose}
    >
      <Typography>
        This receiver gets no more notifications, pending ones included. To resume, add it again.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
