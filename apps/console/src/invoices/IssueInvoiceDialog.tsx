import { Typography } from '@mui/material'
import type { Invoice } from '../api/types.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'

/** What an invoice is of. */
export type Subject = {
  readonly key: { readonly backorder_id: string } | { readonly renewal_id: string }
  readonly name: string
  readonly account_name: string
}

type IssueInvoiceDialogProps = { readonly of: Subject; readonly onClose: () => void }

export function IssueInvoiceDialog({ of, onClose }: IssueInvoiceDialogProps) {
  const issue = useAction({
    send: (api, reason: string) => api.post<Invoice>('invoices', { ...of.key, reason }),
    done: ({ number }) => `Invoice ${number} is issued.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Issue the invoice of ${of.name}`}
      action="Issue"
      isSending={issue.isPending}
      error={issue.error}
      onConfirm={(reason) => issue.mutate(reason)}
      onClose={onClose}
    >
      <Typography>
        It names whom {of.account_name} has said invoices are for, and the seller as set now. Nothing on it
        can be changed afterwards.
      </Typography>
    </ReasonDialog>
  )
}
