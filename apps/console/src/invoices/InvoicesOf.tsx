import { Box, Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { useGetList } from 'react-admin'
import type { Invoice } from '../api/types.ts'
import { words } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { linkTo } from '../parts/links.tsx'
import { FirstOf, Nothing, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'
import { OpenInvoice } from './OpenInvoice.tsx'

/** An order has one invoice and few credit notes. */
const ROWS_MAX = 20

type InvoicesOfProps = {
  readonly of: Subject
  /** Whether it has succeeded. */
  readonly isInvoiceable: boolean
}

/** The invoice of a successful order with its credit notes. It can be issued here for a customer who asks staff for it. */
export function InvoicesOf(props: InvoicesOfProps) {
  return useMay('money:read') ? <Invoices {...props} /> : null
}

function Invoices({ of, isInvoiceable }: InvoicesOfProps) {
  const mayIssue = useMay('invoices:issue') && isInvoiceable
  const [isOpen, setOpen] = useState(false)
  const { data, error, total } = useGetList<Invoice>(
    'invoices',
    {
      filter: of.key,
      pagination: { page: 1, perPage: ROWS_MAX },
      sort: { field: 'issued_at', order: 'DESC' },
    },
    { retry: false },
  )
  const isNone = data?.length === 0
  return (
    <Section title="Invoices">
      {error ? <ProblemAlert error={error} /> : null}
      {isNone ? (
        <Nothing title={isInvoiceable ? 'No invoice requested yet' : 'Available after success'} />
      ) : null}
      {data?.map((invoice) => (
        <Entry key={invoice.id} invoice={invoice} />
      ))}
      <FirstOf shown={ROWS_MAX} total={total} />
      {isNone && mayIssue ? (
        <Box sx={{ px: 2, pb: 1.5 }}>
          <Button variant="outlined" onClick={() => setOpen(true)}>
            Issue invoice
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

/** A backorder or a renewal, for which an invoice is issued. */
type Subject = {
  readonly key: { readonly backorder_id: string } | { readonly renewal_id: string }
  readonly name: string
  readonly account_name: string
}

type IssueInvoiceDialogProps = { readonly of: Subject; readonly onClose: () => void }

function IssueInvoiceDialog({ of, onClose }: IssueInvoiceDialogProps) {
  const issue = useAction<Reasoned, Invoice>({
    send: (api, { reason }) => api.post('invoices', { ...of.key, reason }),
    done: ({ number }) => `Invoice ${number} issued.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Issue invoice for ${of.name}`}
      action="Issue"
      initial={{ reason: '' }}
      change={issue}
      onClose={onClose}
    >
      <Typography>
        The invoice is addressed to the billing profile of {of.account_name} and names the current seller. It
        cannot be changed afterwards.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
