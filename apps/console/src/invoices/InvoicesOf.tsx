import { Box, Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { useGetList } from 'react-admin'
import type { Invoice } from '../api/types.ts'
import { words } from '../format/words.ts'
import { MoneyText } from '../parts/MoneyText.tsx'
import { Nothing } from '../parts/Nothing.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { linkTo } from '../parts/RecordLink.tsx'
import { Section } from '../parts/Section.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { useMay } from '../parts/use-me.ts'
import { IssueInvoiceDialog, type Subject } from './IssueInvoiceDialog.tsx'
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
