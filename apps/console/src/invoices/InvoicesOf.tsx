import { Box, Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { useGetList } from 'react-admin'
import type { Invoice } from '../api/types.ts'
import { words } from '../format/words.ts'
import { useAction, useMay } from '../parts/hooks.ts'
import { linkTo } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'
import { OpenInvoice } from './OpenInvoice.tsx'

/** One success has one invoice and few credit notes. */
const perPage = 20

type InvoicesOfProps = {
  readonly of: Subject
  /** Whether it has succeeded. */
  readonly isInvoiceable: boolean
}

/** The invoice of a success with its credit notes; issued here where a customer has asked a person for it. */
export function InvoicesOf(props: InvoicesOfProps) {
  return useMay('money:read') ? <Invoices {...props} /> : null
}

function Invoices({ of, isInvoiceable }: InvoicesOfProps) {
  const mayIssue = useMay('invoices:issue') && isInvoiceable
  const [isOpen, setOpen] = useState(false)
  const { data, error } = useGetList<Invoice>(
    'invoices',
    {
      filter: of.key,
      pagination: { page: 1, perPage },
      sort: { field: 'issued_at', order: 'DESC' },
    },
    { retry: false },
  )
  const isNone = data?.length === 0
  return (
    <Section title="Invoices">
      {error ? <ProblemAlert error={error} /> : null}
      {isNone ? <Nothing title={isInvoiceable ? 'Not asked for yet' : 'None before a success'} /> : null}
      {data?.map((invoice) => (
        <Entry key={invoice.id} invoice={invoice} />
      ))}
      {isNone && mayIssue ? (
        <Box sx={{ px: 2, pb: 1.5 }}>
          <Button variant="outlined" onClick={() => setOpen(true)}>
            Issue the invoice
          </Button>
        </Box>
      ) : null}
      {isOpen ? <IssueInvoiceDialog of={of} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

function Entry({ invoice }: { invoice: Invoice }) {
  const { id, number, kind, issued_at, gross } = invoice
  return (
    <Box
      sx={{ px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 } }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between' }}>
        {linkTo('invoices', id, number)}
        <strong>
          <MoneyText amount={gross} />
        </strong>
      </Stack>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center' }}>
        <div>
          <Typography color="textSecondary">{words(kind)}</Typography>
          <TimeText at={issued_at} precision="minutes" />
        </div>
        <OpenInvoice invoice={invoice} />
      </Stack>
    </Box>
  )
}

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
