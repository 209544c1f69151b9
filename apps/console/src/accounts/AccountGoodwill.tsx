import { Box, Button, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DataTable, useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Account, GoodwillCredit, Proposal } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay, useMe } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'
import { GoodwillDialog } from './GoodwillDialog.tsx'

const Column = DataTable.Col<GoodwillCredit>

/** The goodwill credits of an account, and the one that waits for a decision. */
export function AccountGoodwill({ account }: { account: Account }) {
  const mayPropose = useMay('goodwill:propose')
  const [isOpen, setOpen] = useState(false)
  const waiting = useWaiting(account)
  return (
    <Section
      title="Goodwill credits"
      beside={
        mayPropose && waiting === undefined ? (
          <Button onClick={() => setOpen(true)}>Propose credit</Button>
        ) : undefined
      }
    >
      {waiting === undefined ? null : <Waiting account={account} proposal={waiting} />}
      <RecordTable
        inside
        resource="goodwill-credits"
        filter={{ account_id: account.id }}
        empty={{
          title: 'No goodwill credits',
          text: 'A credit is proposed by one person and approved by another.',
        }}
      >
        <Column
          label="Credited"
          render={({ credited_at }) => <TimeText at={credited_at} precision="minutes" />}
        />
        <Column label="Amount" align="right" render={({ amount }) => <MoneyText amount={amount} />} />
        <Column label="Reason" render={({ reason }) => reason} />
        <Column label="Proposed by" render={({ proposed_by }) => proposed_by.name} />
        <Column label="Approved by" render={({ approved_by }) => approved_by?.name ?? '–'} />
      </RecordTable>
      {isOpen ? <GoodwillDialog account={account} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

/** The open proposals of all accounts are few. */
function useWaiting({ id }: Account): Proposal | undefined {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<{ items: readonly Proposal[] }>({
    queryKey: ['proposals', 'goodwill_credit'],
    queryFn: () => api.get('proposals?kind=goodwill_credit&state=proposed&per_page=100'),
    retry: false,
  })
  return data?.items.find(({ subject }) => subject === id)
}

type WaitingProps = { readonly account: Account; readonly proposal: Proposal }

function Waiting({ account, proposal }: WaitingProps) {
  const mayDecide = useMay('goodwill:decide')
  const me = useMe()
  const [chosen, setChosen] = useState<'approve' | 'reject'>()
  const isOwn = proposal.proposed_by.id === me?.id
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2, py: 1.25 }}>
      <Typography sx={{ flexGrow: 1 }}>
        <strong>{amountOf(account, proposal)}</strong> proposed by {proposal.proposed_by.name}:{' '}
        {proposal.reason}
      </Typography>
      {mayDecide && !isOwn ? (
        <>
          <Button variant="outlined" onClick={() => setChosen('reject')}>
            Reject
          </Button>
          <Button variant="contained" onClick={() => setChosen('approve')}>
            Approve
          </Button>
        </>
      ) : (
        <Typography color="textSecondary">Another person decides</Typography>
      )}
      {chosen === undefined ? null : (
        <DecideDialog
          account={account}
          proposal={proposal}
          action={chosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Box>
  )
}

function amountOf({ currency }: Account, { terms }: Proposal): string {
  return moneyText({ amount_minor: Number(terms['amount_minor'] ?? 0), currency })
}

type DecideProps = WaitingProps & { readonly action: 'approve' | 'reject'; readonly onClose: () => void }

function DecideDialog({ account, proposal, action, onClose }: DecideProps) {
  const isApproval = action === 'approve'
  const amount = amountOf(account, proposal)
  const decide = useAction<Reasoned, Proposal>({
    send: (api, { reason: note }) =>
      api.post(`proposals/${proposal.id}/${action}`, note === '' ? {} : { note }),
    done: () => (isApproval ? `${amount} credited to ${account.name}.` : 'Proposal rejected.'),
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${isApproval ? 'Approve' : 'Reject'} goodwill credit of ${amount}`}
      action={isApproval ? 'Credit' : 'Reject'}
      tone={isApproval ? 'primary' : 'error'}
      initial={{ reason: '' }}
      change={decide}
      onClose={onClose}
    >
      <Typography>
        {isApproval
          ? `The amount is on the balance of ${account.name} at once, and the reseller is notified.`
          : 'No money moves. The credit can be proposed again.'}
      </Typography>
      <ReasonInput label={isApproval ? 'Note (optional)' : 'Reason'} required={!isApproval} />
    </FormDialog>
  )
}
