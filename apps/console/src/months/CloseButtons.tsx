import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { MonthDetail, Proposal } from '../api/types.ts'
import { monthText } from '../format/days.ts'
import { countText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useMay, useMe } from '../parts/hooks.ts'
import { kindTexts, type OpenItem } from './OpenItems.tsx'

type Chosen = 'propose' | 'approve' | 'reject'

/** What this person may do with the month, by the table that the server decides with. */
export function CloseButtons({ month }: { month: MonthDetail }) {
  const mayPropose = useMay('months:propose')
  const mayDecide = useMay('months:decide')
  const me = useMe()
  const [chosen, setChosen] = useState<Chosen>()
  const close = () => setChosen(undefined)
  const isOpen = month.state === 'open' && month.obstacles.length === 0
  const isDecidable = month.state === 'proposed' && mayDecide
  const isOwn = month.proposed_by?.id === me?.id
  return (
    <>
      {mayPropose && isOpen ? (
        <Button variant="contained" onClick={() => setChosen('propose')}>
          Propose close
        </Button>
      ) : null}
      {isDecidable && isOwn ? (
        <Typography color="textSecondary">Another person decides what you proposed.</Typography>
      ) : null}
      {isDecidable && !isOwn ? (
        <>
          <Button variant="outlined" onClick={() => setChosen('reject')}>
            Reject
          </Button>
          <Button variant="contained" onClick={() => setChosen('approve')}>
            Approve close
          </Button>
        </>
      ) : null}
      {chosen === 'propose' ? <ProposeDialog month={month} onClose={close} /> : null}
      {chosen === 'approve' || chosen === 'reject' ? (
        <DecideDialog month={month} action={chosen} onClose={close} />
      ) : null}
    </>
  )
}

type DialogProps = { readonly month: MonthDetail; readonly onClose: () => void }

type ProposeValues = Readonly<Record<string, string>> & Reasoned

/** A field for each open item. It is bound to the figures that the page shows. */
function ProposeDialog({ month, onClose }: DialogProps) {
  const { id, hash, open_items } = month
  const propose = useAction<ProposeValues, Proposal>({
    send: (api, values) =>
      api.post('proposals/month-closes', {
        month: id,
        hash,
        explained: open_items.map((item) => ({
          kind: item.kind,
          id: item.id,
          explanation: values[fieldOf(item)] ?? '',
        })),
        note: values.reason,
      }),
    done: () => `Close of ${monthText(id)} proposed. Another person decides.`,
    onDone: onClose,
  })
  const initial = Object.fromEntries(open_items.map((item) => [fieldOf(item), '']))
  return (
    <FormDialog<ProposeValues>
      title={`Propose to close ${monthText(id)}`}
      action="Propose"
      maxWidth="md"
      initial={{ ...initial, reason: '' }}
      change={propose}
      onClose={onClose}
    >
      <Typography>
        With {counted(postingsOf(month), 'posting')}. Once another person approves, nothing is posted in{' '}
        {monthText(id)} any more. A closed month is not reopened.
      </Typography>
      {open_items.map((item) => (
        <TextInput<ProposeValues>
          key={item.id}
          name={fieldOf(item)}
          label={`Why close with this ${kindTexts[item.kind]}`}
          required
          helperText={item.detail}
          slotProps={{ htmlInput: { maxLength: 500 } }}
        />
      ))}
      <ReasonInput label="Note" />
    </FormDialog>
  )
}

/** Field names have no dots. */
function fieldOf({ kind, id }: OpenItem): string {
  return `${kind}_${id}`
}

function postingsOf({ balances }: MonthDetail): number {
  return balances.reduce((sum, { postings }) => sum + postings, 0)
}

function DecideDialog({ month, action, onClose }: DialogProps & { readonly action: 'approve' | 'reject' }) {
  const isApproval = action === 'approve'
  const decide = useAction<Reasoned, Proposal>({
    send: (api, { reason: note }) =>
      api.post(`proposals/${month.proposal_id}/${action}`, note === '' ? {} : { note }),
    done: () => (isApproval ? `${monthText(month.id)} closed.` : 'Proposal rejected.'),
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${isApproval ? 'Approve' : 'Reject'} the close of ${monthText(month.id)}`}
      action={isApproval ? 'Close month' : 'Reject'}
      tone={isApproval ? 'primary' : 'error'}
      initial={{ reason: '' }}
      change={decide}
      onClose={onClose}
    >
      <Typography>
        {isApproval
          ? `${countText(postingsOf(month))} postings and ${counted(month.open_items.length, 'open item')}, proposed by ${month.proposed_by?.name ?? 'nobody'}. If anything differs from the proposal, the close is refused.`
          : 'The month stays open. Its close can be proposed again.'}
      </Typography>
      <ReasonInput label={isApproval ? 'Note (optional)' : 'Reason'} required={!isApproval} />
    </FormDialog>
  )
}
