import { Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { TimelineEntry } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { backorderTones, paymentTones, refundTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { WindowText } from '../parts/texts.tsx'

type Kind = TimelineEntry['kind']
type Entry<K extends Kind = Kind> = Extract<TimelineEntry, { kind: K }>
type Texts = { readonly [K in Exclude<Kind, 'attempt'>]: (entry: Entry<K>) => ReactNode }

/** How each kind of thing that happens is told. A kind without a text does not compile. */
const texts: Texts = {
  ordered: ({ account_name, price }) => <Told what={`Ordered by ${account_name} for ${moneyText(price)}`} />,
  payment: ({ method, amount, state }) => (
    <Told
      what={`Paid ${moneyText(amount)} by ${method}`}
      beside={<StateChip state={state} tone={paymentTones[state]} />}
    />
  ),
  moved_by_list: ({ run_id, source, to }) => (
    <Told
      what={
        <>
          Moved by the list <AppLink to={recordLink('sync-runs', run_id)}>{source}</AppLink>
        </>
      }
    >
      {to === undefined ? null : <WindowText from={to.drop_from} to={to.drop_to} />}
    </Told>
  ),
  kept_by_override: ({ run_id, source, to }) => (
    <Told
      what={
        <>
          Stayed where an operator put it; the list{' '}
          <AppLink to={recordLink('sync-runs', run_id)}>{source}</AppLink> says otherwise
        </>
      }
    >
      {to === undefined ? null : <WindowText from={to.drop_from} to={to.drop_to} />}
    </Told>
  ),
  suspected: ({ run_id, source }) => (
    <Told
      what={
        <>
          Missing from the list <AppLink to={recordLink('sync-runs', run_id)}>{source}</AppLink>
        </>
      }
    />
  ),
  override_applied: ({ by, reason, to }) => (
    <Told what={`Moved by ${by}`} quote={reason}>
      <WindowText from={to.drop_from} to={to.drop_to} />
    </Told>
  ),
  override_undone: ({ by, reason, to }) => (
    <Told what={`Move undone by ${by}`} quote={reason}>
      <WindowText from={to.drop_from} to={to.drop_to} />
    </Told>
  ),
  armed: ({ drop_from, drop_to, grace_until }) => (
    <Told what="Orders closed, catch armed">
      <WindowText from={drop_from} to={drop_to} />
      <div>
        <Muted>
          Tried until {wallTime(grace_until, 'UTC')} UTC at the latest: the window and the zone’s grace
        </Muted>
      </div>
    </Told>
  ),
  prepared: ({ prior_clid, prior_cr_date }) => (
    <Told what="Prepared">
      <Muted>
        {prior_clid === undefined ? 'The registry knew no registration.' : `Registered with ${prior_clid}`}
        {prior_cr_date === undefined ? '' : ` since ${prior_cr_date.slice(0, 10)}`}
      </Muted>
    </Told>
  ),
  decided: ({ state, reason, code, holder_clid }) => (
    <Told what="Decided" beside={<StateChip state={state} tone={backorderTones[state]} />}>
      <Muted>
        {[
          reason === undefined ? undefined : words(reason),
          code === undefined ? undefined : `by EPP code ${code}`,
          holder_clid === undefined ? undefined : `registered with ${holder_clid}`,
        ]
          .filter((part) => part !== undefined)
          .join(', ')}
      </Muted>
    </Told>
  ),
  refund_created: (entry) => (
    <Refund what={entry.cause === 'manual' ? 'Refund proposed' : 'Refund created'} entry={entry} />
  ),
  refund_decided: (entry) => (
    <Refund what={`Refund ${entry.state === 'rejected' ? 'rejected' : 'decided'}`} entry={entry} />
  ),
}

/** One thing that happened, told for people. */
export function EntryText({ entry }: { entry: Exclude<TimelineEntry, { kind: 'attempt' }> }) {
  // The table's type pairs each kind with its entry; the compiler loses the pair when looking one up.
  const tell = texts[entry.kind] as (entry: Entry) => ReactNode
  return tell(entry)
}

function Refund({ what, entry }: { what: string; entry: Entry<'refund_created' | 'refund_decided'> }) {
  const { amount, state, cause, by, note } = entry
  return (
    <Told
      what={`${what}: ${moneyText(amount)}${by === undefined ? '' : ` by ${by}`}`}
      beside={<StateChip state={state} tone={refundTones[state]} />}
      quote={note}
    >
      <Muted>{words(cause)}</Muted>
    </Told>
  )
}

type ToldProps = {
  readonly what: ReactNode
  readonly beside?: ReactNode
  readonly quote?: string | undefined
  readonly children?: ReactNode
}

function Told({ what, beside, quote, children }: ToldProps) {
  return (
    <>
      <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap' }}>
        <strong>{what}</strong>
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
