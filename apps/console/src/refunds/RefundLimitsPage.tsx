import { Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { RefundLimit } from '../api/types.ts'
import { typedAmount } from '../format/money.ts'
import { AmountInput, FormDialog, minorOf, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Page, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { MoneyText } from '../parts/texts.tsx'

/** Up to how much of one payment a person in finance refunds without approval. */
export function RefundLimitsPage() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<{ items: readonly RefundLimit[] }>({
    queryKey: ['refund-limits'],
    queryFn: () => api.get<{ items: readonly RefundLimit[] }>('refund-limits'),
    retry: false,
  })
  return (
    <Page
      title="Refund limits"
      about="Finance can refund up to this amount of one payment, in total, without approval. Refunds above this need approval."
    >
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <Section title="By currency">
        <Table size="small" aria-label="Refund limits" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>Currency</TableCell>
              <TableCell align="right">Single-approver limit</TableCell>
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {data?.items.map((limit) => (
              <Row key={limit.currency} limit={limit} />
            ))}
          </TableBody>
        </Table>
      </Section>
    </Page>
  )
}

function Row({ limit }: { limit: RefundLimit }) {
  const maySet = useMay('limits:set')
  const [isOpen, setOpen] = useState(false)
  return (
    <TableRow>
      <TableCell>{limit.currency}</TableCell>
      <TableCell align="right">
        {limit.alone.amount_minor === 0 ? 'None' : <MoneyText amount={limit.alone} />}
      </TableCell>
      <TableCell align="right" sx={{ width: 160 }}>
        {maySet ? (
          <Button
            variant="outlined"
            aria-label={`Edit the limit in ${limit.currency}`}
            onClick={() => setOpen(true)}
          >
            Edit
          </Button>
        ) : null}
        {isOpen ? <LimitDialog limit={limit} onClose={() => setOpen(false)} /> : null}
      </TableCell>
    </TableRow>
  )
}

type Values = { readonly limit: string; readonly reason: string }

function LimitDialog({ limit: { currency, alone }, onClose }: { limit: RefundLimit; onClose: () => void }) {
  const save = useAction<Values, unknown>({
    send: (api, { limit, reason }) =>
      api.post('refund-limits', { currency, alone_minor: minorOf(limit, currency), reason }),
    done: () => `Refund limit in ${currency} changed.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={`Edit refund limit in ${currency}`}
      action="Save"
      initial={{ limit: typedAmount(alone), reason: '' }}
      change={save}
      onClose={onClose}
    >
      <AmountInput<Values>
        name="limit"
        label="Single-approver limit"
        currency={currency}
        helperText="With 0, every refund needs approval."
      />
      <ReasonInput />
    </FormDialog>
  )
}
