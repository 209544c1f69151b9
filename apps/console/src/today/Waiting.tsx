import ChevronRightIcon from '@mui/icons-material/ChevronRight'
import { Box, List, ListItemButton, ListItemText } from '@mui/material'
import { Link } from 'react-router-dom'
import type { Today } from '../api/types.ts'
import { listLink } from '../format/links.ts'
import { counted } from '../format/words.ts'
import { Nothing } from '../parts/Nothing.tsx'
import { Section } from '../parts/Section.tsx'

type Kind = {
  readonly waiting: keyof Today['waiting']
  readonly what: (count: number) => string
  readonly why: string
  readonly to: string
}

/** Everything that waits for a person, the most urgent first, and where it is done. */
const kinds: readonly Kind[] = [
  {
    waiting: 'ambiguous_targets',
    what: (count) => `${counted(count, 'catch')} without a known result`,
    why: 'A create was sent and not answered. Asking the registry decides; nothing is refunded before.',
    to: listLink('backorders', { state: 'registering' }),
  },
  {
    waiting: 'quarantined_runs',
    what: (count) => `${counted(count, 'list')} held back`,
    why: 'Publishing would change unusually much. An operator publishes or discards.',
    to: listLink('sync-runs', { state: 'quarantined' }),
  },
  {
    waiting: 'proposed_refunds',
    what: (count) => `${counted(count, 'refund')} to decide`,
    why: 'Proposed by one person, approved or rejected by another.',
    to: listLink('refunds', { state: 'proposed' }),
  },
  {
    waiting: 'suspect_listings',
    what: (count) => `${counted(count, 'name')} missing from ${count === 1 ? 'its' : 'their'} newest list`,
    why: 'Suspect, not withdrawn: the registry has to say that a name is gone.',
    to: listLink('listings', { suspect: 'true' }),
  },
]

export function Waiting({ waiting }: { waiting: Today['waiting'] }) {
  const open = kinds.filter((kind) => waiting[kind.waiting] > 0)
  return (
    <Section title="Waits for someone">
      {open.length === 0 ? (
        <Nothing title="Nothing waits">Lists, refunds and catches are all decided.</Nothing>
      ) : (
        <List disablePadding>
          {open.map((kind) => (
            <Item key={kind.waiting} kind={kind} count={waiting[kind.waiting]} />
          ))}
        </List>
      )}
    </Section>
  )
}

function Item({ kind, count }: { kind: Kind; count: number }) {
  return (
    <ListItemButton
      component={Link}
      to={kind.to}
      divider
      sx={{ py: 0.75, '&:last-child': { borderBottom: 0 } }}
    >
      <Box sx={{ width: 6, height: 30, borderRadius: 1, bgcolor: 'warning.main', mr: 1.5 }} />
      <ListItemText
        primary={kind.what(count)}
        secondary={kind.why}
        slotProps={{ primary: { sx: { fontWeight: 600 } }, secondary: { variant: 'caption' } }}
      />
      <ChevronRightIcon color="action" />
    </ListItemButton>
  )
}
