import { Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { TimelineEntry } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { backorderTones, deliveryTones, paymentTones, refundTones } from '../format/tones.ts'
import { counted, words } from '../format/words.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { WindowText } from '../parts/texts.tsx'

type Kind = TimelineEntry['kind']
type Entry<K extends Kind = Kind> = Extract<TimelineEntry, { kind: K }>
type Texts = { readonly [K in Exclude<Kind, 'attempt'>]: (entry: Entry<K>) => ReactNode }

/** What was decided about a refund, where it was not only approved. */
const decisions: Partial<Readonly<Record<Entry<'refund_decided'>['state'], string>>> = {
  succeeded: 'Refund completed',
  failed: 'Refund failed',
  rejected: 'Refund rejected',
  expired: 'Refund expired',
}

const meansTexts = { info: 'EPP info', rdap: 'RDAP data' } as const

/** The text of each kind of entry. A kind without one does not compile. */
const texts: Texts = {
  ordered: ({ account_name, price }) => (
    <TimelineText title={`Ordered by ${account_name} for ${moneyText(price)}`} />
  ),
  payment: ({ method, amount, state }) => (
    <TimelineText
      title={`${words(method)} payment of ${moneyText(amount)}`}
      beside={<StateChip state={state} tone={paymentTones[state]} />}
    />
  ),
  moved_by_list: ({ run_id, source, to }) => (
    <TimelineText
      title={
        <>
          Moved by the list <ListLink run_id={run_id} source={source} />
        </>
      }
    >
      {to === undefined ? null : <WindowText from={to.drop_from} to={to.drop_to} />}
    </TimelineText>
  ),
  kept_by_override: ({ run_id, source, to }) => (
    <TimelineText
      title={
        <>
          Manual move kept; the list <ListLink run_id={run_id} source={source} /> has another window
        </>
      }
    >
      {to === undefined ? null : <WindowText from={to.drop_from} to={to.drop_to} />}
    </TimelineText>
  ),
  suspected: ({ run_id, source }) => (
    <TimelineText
      title={
        <>
          Missing from the list <ListLink run_id={run_id} source={source} />
        </>
      }
    />
  ),
  withdrawn: ({ means, code, finding }) => (
    <TimelineText
      title={
        means === undefined
          ? 'Withdrawn by operators'
          : `Withdrawn: the registry’s ${meansTexts[means]} shows it`
      }
      quote={finding}
    >
      {code === undefined ? null : `Code ${code}`}
    </TimelineText>
  ),
  override_applied: ({ by, reason, to }) => (
    <TimelineText title={`Moved by ${by}`} quote={reason}>
      <WindowText from={to.drop_from} to={to.drop_to} />
    </TimelineText>
  ),
  override_undone: ({ by, reason, to }) => (
    <TimelineText title={`Move undone by ${by}`} quote={reason}>
      <WindowText from={to.drop_from} to={to.drop_to} />
    </TimelineText>
  ),
  armed: ({ drop_from, drop_to, grace_until }) => (
    <TimelineText title="Orders closed, catch target armed">
      <WindowText from={drop_from} to={drop_to} />
      <div>
        <Muted>
          Latest attempt at {wallTime(grace_until, 'UTC')} UTC: the window plus the zone’s grace time
        </Muted>
      </div>
    </TimelineText>
  ),
  prepared: ({ prior_clid, prior_cr_date }) => (
    <TimelineText title="Previous registration read">
      <Muted>
        {prior_clid === undefined ? 'The registry had no registration' : `Registered by ${prior_clid}`}
        {prior_cr_date === undefined ? '' : ` on ${prior_cr_date.slice(0, 10)}`}
      </Muted>
    </TimelineText>
  ),
  decided: (entry) => (
    <TimelineText
      title="Decided"
      beside={<StateChip state={entry.state} tone={backorderTones[entry.state]} />}
    >
      <Muted>{outcomeText(entry)}</Muted>
    </TimelineText>
  ),
  refund_created: (entry) => (
    <Refund title={entry.cause === 'manual' ? 'Refund proposed' : 'Refund created'} entry={entry} />
  ),
  webhook: (entry) => <Webhook entry={entry} />,
  proposal_made: ({ proposal, by, reason }) => (
    <TimelineText title={`${words(proposal)} proposed by ${by}`} quote={reason}>
      <AppLink to={listLink('proposals', { kind: proposal })}>View approvals</AppLink>
    </TimelineText>
  ),
  proposal_decided: ({ proposal, state, by, note }) => (
    <TimelineText
      title={`${words(proposal)} ${words(state).toLowerCase()}${by === undefined ? '' : ` by ${by}`}`}
      quote={note}
    />
  ),
  invoiced: ({ id, number, document, amount }) => (
    <TimelineText
      title={
        <>
          {words(document)} <AppLink to={recordLink('invoices', id)}>{number}</AppLink> of {moneyText(amount)}
        </>
      }
    />
  ),
  refund_decided: (entry) => <Refund title={decisions[entry.state] ?? 'Refund approved'} entry={entry} />,
}

/** One entry of the timeline. */
export function EntryText({ entry }: { entry: Exclude<TimelineEntry, { kind: 'attempt' }> }) {
  // The table's type pairs each kind with its entry; the compiler loses the pair when looking one up.
  const text = texts[entry.kind] as (entry: Entry) => ReactNode
  return text(entry)
}

/** What an endpoint of the customer was sent, and its answer. It is sent again from the page of the account. */
function Webhook({
  entry: { topic, endpoint, state, attempts, status, failure, account_id },
}: {
  entry: Entry<'webhook'>
}) {
  const answer = [
    status === undefined ? (failure ?? (attempts === 0 ? 'Not sent yet' : 'No answer')) : `HTTP ${status}`,
    attempts > 1 ? counted(attempts, 'attempt') : undefined,
  ]
  return (
    <TimelineText
      title={`Webhook ${topic ?? 'event'}`}
      beside={<StateChip state={state} tone={deliveryTones[state]} />}
    >
      <Muted>
        {endpoint} · {answer.filter((part) => part !== undefined).join(', ')} ·{' '}
        <AppLink to={`${recordLink('accounts', account_id)}?tab=webhooks`}>
          {state === 'failed' ? 'Send again' : 'View webhooks'}
        </AppLink>
      </Muted>
    </TimelineText>
  )
}

function ListLink({ run_id, source }: { run_id: string; source: string }) {
  return <AppLink to={recordLink('sync-runs', run_id)}>{source}</AppLink>
}

/** `Registered by rival-a`; otherwise the reason and the EPP code. The code of an `info` that found another holder is left out. */
function outcomeText({ reason, code, holder_clid }: Entry<'decided'>): string {
  if (reason === 'lost' && holder_clid !== undefined) return `Registered by ${holder_clid}`
  const parts = [
    reason && words(reason),
    code && `EPP code ${code}`,
    holder_clid && `registrar ${holder_clid}`,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

function Refund({ title, entry }: { title: string; entry: Entry<'refund_created' | 'refund_decided'> }) {
  const { amount, state, cause, by, note } = entry
  return (
    <TimelineText
      title={`${title}: ${moneyText(amount)}${by === undefined ? '' : ` by ${by}`}`}
      beside={<StateChip state={state} tone={refundTones[state]} />}
      quote={note}
    >
      <Muted>{words(cause)}</Muted>
    </TimelineText>
  )
}

type TimelineTextProps = {
  readonly title: ReactNode
  readonly beside?: ReactNode
  readonly quote?: string | undefined
  readonly children?: ReactNode
}

function TimelineText({ title, beside, quote, children }: TimelineTextProps) {
  return (
    <>
      <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap' }}>
        <strong>{title}</strong>
        {beside}
      </Stack>
      {children}
      {quote === undefined ? null : <Typography sx={{ overflowWrap: 'anywhere' }}>“{quote}”</Typography>}
    </>
  )
}

function Muted({ children }: { children: ReactNode }) {
  return (
    <Typography component="span" variant="caption" color="textSecondary">
      {children}
    </Typography>
  )
}
