import { may, type Permission } from '@droplock/rules/staff'
import ChevronRightIcon from '@mui/icons-material/ChevronRight'
import { Box, List, ListItem, ListItemButton, ListItemText, Typography } from '@mui/material'
import { Link } from 'react-router-dom'
import type { Today } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { useMe } from '../parts/hooks.ts'
import { listLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { AgeText } from '../parts/texts.tsx'

type Waits = Today['waiting']
type Counted = { [Key in keyof Waits]-?: Waits[Key] extends number ? Key : never }[keyof Waits]
type Oldest = Exclude<keyof Waits, Counted>

type Kind = {
  readonly waiting: Counted
  /** Since when the oldest of them is open, where that is known. */
  readonly since?: Oldest
  /** The permission to read the page; none by default. */
  readonly needs?: Permission
  readonly what: (count: number) => string
  readonly why: string
  readonly to: string
}

/** Everything that needs a person, the most urgent first, and the page where it is handled. */
const kinds: readonly Kind[] = [
  {
    waiting: 'ambiguous_targets',
    what: (count) => `${counted(count, 'backorder')} with an unknown result`,
    why: 'A create got no answer. The registry is asked for the result; nothing is refunded until then.',
    to: listLink('backorders', { state: 'registering' }),
  },
  {
    waiting: 'quarantined_runs',
    what: (count) => `${counted(count, 'list')} held back`,
    why: 'Incomplete, empty or an unusually large change. An operator publishes or discards each.',
    to: listLink('sync-runs', { state: 'quarantined' }),
  },
  {
    waiting: 'finance_tasks',
    since: 'oldest_finance_task_at',
    needs: 'money:read',
    what: (count) => `${counted(count, 'finance task')} open`,
    why: 'Failed refunds, unexpected payments and disputes.',
    to: listLink('finance-tasks'),
  },
  {
    waiting: 'open_disputes',
    since: 'oldest_open_dispute_at',
    needs: 'money:read',
    what: (count) => `${counted(count, 'dispute')} to answer`,
    why: 'The bank decides for the cardholder where no evidence is submitted by its deadline.',
    to: listLink('disputes', { state: 'needs_response' }),
  },
  {
    waiting: 'proposed_refunds',
    since: 'oldest_proposed_refund_at',
    what: (count) => `${counted(count, 'refund')} to approve`,
    why: 'Proposed by one person, to be approved or rejected by another.',
    to: listLink('refunds', { state: 'proposed' }),
  },
  {
    waiting: 'unmatched_items',
    since: 'oldest_unmatched_item_at',
    needs: 'money:read',
    what: (count) => `${counted(count, 'reconciliation mismatch', 'reconciliation mismatches')}`,
    why: 'Our books differ from those of the payment provider or a registry.',
    to: listLink('reconciliation', { open: 'true' }),
  },
  {
    waiting: 'proposed_reversals',
    since: 'oldest_proposed_reversal_at',
    needs: 'money:read',
    what: (count) => `${counted(count, 'bank transfer reversal')} to approve`,
    why: 'Proposed by one person, to be approved or rejected by another.',
    to: listLink('bank-transfers', { state: 'reversal_proposed' }),
  },
  {
    waiting: 'open_proposals',
    since: 'oldest_open_proposal_at',
    needs: 'money:read',
    what: (count) => `${counted(count, 'proposal')} to decide`,
    why: 'Proposed by one person, to be approved or rejected by another.',
    to: listLink('proposals', { state: 'proposed' }),
  },
  {
    waiting: 'suspect_listings',
    what: (count) => `${counted(count, 'name')} missing from ${count === 1 ? 'its' : 'their'} newest list`,
    why: 'Marked suspect. A name is withdrawn only when the registry confirms it.',
    to: listLink('listings', { suspect: 'true' }),
  },
]

export function NeedsAttention({ waiting }: { waiting: Waits }) {
  const held = useMe()?.roles ?? []
  const open = kinds.filter(
    ({ waiting: kind, needs }) => waiting[kind] > 0 && (needs === undefined || may(held, needs)),
  )
  return (
    <Section title="Needs attention">
      {open.length === 0 ? (
        <Nothing title="All clear">Lists to publish, refunds to approve and tasks appear here.</Nothing>
      ) : (
        <List disablePadding>
          {open.map((kind) => (
            <Item
              key={kind.waiting}
              kind={kind}
              count={waiting[kind.waiting]}
              since={kind.since === undefined ? undefined : waiting[kind.since]}
            />
          ))}
        </List>
      )}
    </Section>
  )
}

function Item({ kind, count, since }: { kind: Kind; count: number; since: string | undefined }) {
  return (
    <ListItem disablePadding divider sx={{ '&:last-child': { borderBottom: 0 } }}>
      <ListItemButton component={Link} to={kind.to} sx={{ py: 0.75 }}>
        <Box sx={{ width: 6, height: 30, borderRadius: 1, bgcolor: 'warning.main', mr: 1.5, flex: 'none' }} />
        <ListItemText
          primary={
            <>
              {kind.what(count)} {since === undefined ? null : <Age since={since} isOne={count === 1} />}
            </>
          }
          secondary={kind.why}
          slotProps={{ primary: { sx: { fontWeight: 600 } }, secondary: { variant: 'caption' } }}
        />
        <ChevronRightIcon color="action" />
      </ListItemButton>
    </ListItem>
  )
}

function Age({ since, isOne }: { since: string; isOne: boolean }) {
  return (
    <Typography component="span" color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
      {'· '}
      {isOne ? 'for ' : 'oldest: '}
      <AgeText since={since} />
    </Typography>
  )
}
