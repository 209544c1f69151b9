import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { type ReactNode, useEffect, useState } from 'react'
import type { RefundBatch, RefundBatchResult } from '../api/types.ts'
import { countText, moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, usePreview } from '../parts/hooks.ts'
import { Nothing } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'

/** Refunds by id, or what a list shows by its filters. */
export type Selection =
  | { readonly ids: readonly string[] }
  | { readonly filter: Readonly<Record<string, unknown>> }

type BatchDialogProps = {
  readonly selection: Selection
  /** Whether the set was sent. */
  readonly onClose: (isDone: boolean) => void
}

/** Shows what would be approved, then approves exactly that, then shows what became of each refund. */
export function BatchDialog({ selection, onClose }: BatchDialogProps) {
  const preview = usePreview((api, chosen: Selection) =>
    api.post<RefundBatch>('refund-batches/preview', chosen),
  )
  const [result, setResult] = useState<RefundBatchResult>()
  const look = preview.mutate
  useEffect(() => look(selection), [look, selection])
  const batch = preview.data
  if (batch === undefined)
    return (
      <Plain title="Approve refunds" onClose={() => onClose(false)}>
        {preview.error === null ? (
          <LinearProgress aria-label="Loading" />
        ) : (
          <ProblemAlert error={preview.error} onRetry={() => look(selection)} />
        )}
      </Plain>
    )
  if (result !== undefined) return <Result batch={batch} result={result} onClose={() => onClose(true)} />
  if (batch.refunds.length === 0)
    return (
      <Plain title="Approve refunds" onClose={() => onClose(false)}>
        <Nothing title="There is nothing that you can approve" />
        <LeftOut refunds={batch.left_out} />
      </Plain>
    )
  return <Approve batch={batch} onDone={setResult} onClose={() => onClose(false)} />
}

type ApproveProps = {
  readonly batch: RefundBatch
  readonly onDone: (result: RefundBatchResult) => void
  readonly onClose: () => void
}

function Approve({ batch, onDone, onClose }: ApproveProps) {
  const count = refundsText(batch.refunds.length)
  const approve = useAction({
    send: (api, { reason: note }: Reasoned) =>
      api.post<RefundBatchResult>('refund-batches/approve', {
        hash: batch.hash,
        refunds: batch.refunds.map(({ id, terms_hash }) => ({ id, terms_hash })),
        ...(note === '' ? {} : { note }),
      }),
    done: ({ results }) => `${refundsText(approvedOf(results))} approved.`,
    onDone,
  })
  return (
    <FormDialog<Reasoned>
      title={`Approve ${count}`}
      action={`Approve ${count}`}
      maxWidth="md"
      initial={{ reason: '' }}
      change={approve}
      onClose={onClose}
    >
      <Typography>
        Each refund is approved by itself, exactly as it is now. One that changes in the meantime is left out.
      </Typography>
      {batch.has_more ? (
        <Alert severity="info">
          More refunds match. These are the oldest {batch.refunds.length + batch.left_out.length}; approve the
          others afterwards.
        </Alert>
      ) : null}
      <Summary batch={batch} />
      <LeftOut refunds={batch.left_out} />
      <ReasonInput label="Note (optional)" required={false} />
    </FormDialog>
  )
}

function Summary({ batch: { sums, reasons, largest, proposers, hash } }: { batch: RefundBatch }) {
  return (
    <Box role="group" aria-label="Summary" sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <Facts
        facts={[
          [
            'Total',
            lines(sums.map(({ amount }) => <strong key={amount.currency}>{moneyText(amount)}</strong>)),
          ],
          [
            'By reason',
            lines(
              reasons.map(
                ({ reason_code, count, amount }) =>
                  `${reason_code === undefined ? 'No reason' : words(reason_code)}: ${countText(count)}, ${moneyText(amount)}`,
              ),
            ),
          ],
          [
            'Largest',
            lines(
              largest.map(
                ({ name, account_name, amount }) => `${moneyText(amount)}, ${name ?? account_name}`,
              ),
            ),
          ],
          [
            'Proposed by',
            lines(proposers.map(({ proposer, count }) => `${proposer.name}: ${countText(count)}`)),
          ],
          ['Hash of the set', <code key="hash">{hash.slice(0, 12)}</code>],
        ]}
      />
    </Box>
  )
}

function lines(entries: readonly ReactNode[]): ReactNode {
  return entries.map((entry, index) => (
    // The entries of a summary never change their order.
    // oxlint-disable-next-line react/no-array-index-key
    <div key={index}>{entry}</div>
  ))
}

type LeftOutRefund = Pick<RefundBatch['left_out'][number], 'id' | 'detail' | 'name' | 'amount'>

/** What is not approved, with the reason for each. */
function LeftOut({ refunds }: { refunds: readonly LeftOutRefund[] }) {
  if (refunds.length === 0) return null
  return (
    <Box>
      <Typography variant="h3" component="h3" sx={{ fontSize: 14, fontWeight: 600, mb: 0.5 }}>
        {refundsText(refunds.length)} left out
      </Typography>
      <Table size="small" aria-label="Left out">
        <TableHead>
          <TableRow>
            <TableCell>Refund</TableCell>
            <TableCell align="right">Amount</TableCell>
            <TableCell>Why</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {refunds.map(({ id, name, amount, detail }) => (
            <TableRow key={id}>
              <TableCell>{name ?? <code>{id.slice(-8)}</code>}</TableCell>
              <TableCell align="right">{amount === undefined ? '–' : moneyText(amount)}</TableCell>
              <TableCell>{detail}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  )
}

type ResultProps = {
  readonly batch: RefundBatch
  readonly result: RefundBatchResult
  readonly onClose: () => void
}

function Result({ batch, result: { results }, onClose }: ResultProps) {
  const refunds = new Map(batch.refunds.map((refund) => [refund.id, refund]))
  const leftOut = results.flatMap(({ id, outcome, detail = '' }) =>
    outcome === 'left_out' ? [{ ...refunds.get(id), id, detail }] : [],
  )
  const approved = results.flatMap(({ id, outcome }) => {
    const refund = refunds.get(id)
    return outcome === 'approved' && refund !== undefined ? [refund] : []
  })
  return (
    <Plain title={`${refundsText(approved.length)} approved`} onClose={onClose}>
      <LeftOut refunds={leftOut.map(({ id, detail, name, amount }) => ({ id, detail, name, amount }))} />
      {approved.length === 0 ? null : (
        <Table size="small" aria-label="Approved" sx={{ mt: leftOut.length === 0 ? 0 : 2 }}>
          <TableHead>
            <TableRow>
              <TableCell>Approved</TableCell>
              <TableCell align="right">Amount</TableCell>
              <TableCell>Account</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {approved.map(({ id, name, amount, account_name }) => (
              <TableRow key={id}>
                <TableCell>{name ?? <code>{id.slice(-8)}</code>}</TableCell>
                <TableCell align="right">{moneyText(amount)}</TableCell>
                <TableCell>{account_name}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Plain>
  )
}

type PlainProps = { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }

function Plain({ title, onClose, children }: PlainProps) {
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button onClick={onClose} variant="contained">
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function approvedOf(results: RefundBatchResult['results']): number {
  return results.filter(({ outcome }) => outcome === 'approved').length
}

function refundsText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'refund' : 'refunds'}`
}
