import { Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { RefundLimit } from '../api/types.ts'
import { moneyText, typedAmount } from '../format/money.ts'
import { AmountField, minorOf } from '../parts/AmountField.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Page, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { MoneyText } from '../parts/texts.tsx'

/** Up to how much of one payment finance refunds without a second person. */
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
      about="Up to this much of one payment a person in finance refunds alone, all such refunds together. More needs two people."
    >
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <Section title="By currency">
        <Table size="small" aria-label="Refund limits" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>Currency</TableCell>
              <TableCell align="right">Alone, of one payment</TableCell>
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
        {limit.alone.amount_minor === 0 ? 'nothing' : <MoneyText amount={limit.alone} />}
      </TableCell>
      <TableCell align="right" sx={{ width: 160 }}>
        {maySet ? (
          <Button
            variant="outlined"
            aria-label={`Set the limit in ${limit.currency}`}
            onClick={() => setOpen(true)}
          >
            Set
          </Button>
        ) : null}
        {isOpen ? <LimitDialog limit={limit} onClose={() => setOpen(false)} /> : null}
      </TableCell>
    </TableRow>
  )
}

function LimitDialog({ limit, onClose }: { limit: RefundLimit; onClose: () => void }) {
  const { currency, alone } = limit
  const [typed, setTyped] = useState(typedAmount(alone))
  const aloneMinor = minorOf(typed, currency)
  const set = useAction({
    send: (api, reason: string) =>
      api.post<unknown>('refund-limits', { currency, alone_minor: aloneMinor, reason }),
    done: () =>
      `Finance refunds up to ${moneyText({ currency, amount_minor: aloneMinor ?? 0 })} of a payment alone.`,
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Refund limit in ${currency}`}
      action="Set"
      isIncomplete={aloneMinor === undefined}
      isSending={set.isPending}
      error={set.error}
      onConfirm={(reason) => set.mutate(reason)}
      onClose={onClose}
    >
      <AmountField
        label="Alone, of one payment"
        currency={currency}
        value={typed}
        onChange={setTyped}
        isFine={aloneMinor !== undefined}
        help="0: nobody refunds alone"
      />
    </ReasonDialog>
  )
}
