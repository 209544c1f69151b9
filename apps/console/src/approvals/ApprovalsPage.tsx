import { proposalStates } from '@droplock/contracts/common/words'
import { proposalKinds } from '@droplock/rules/proposals'
import { Box, Typography } from '@mui/material'
import { Fragment } from 'react'
import { DataTable, useRecordContext } from 'react-admin'
import type { Proposal } from '../api/types.ts'
import { proposalTones } from '../format/tones.ts'
import { counted, words } from '../format/words.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { useToday } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { Since, TimeText } from '../parts/texts.tsx'
import { ProposalButtons } from './ProposalButtons.tsx'
import { ProposalTerms, proposalEffect, proposalTitle } from './ProposalTerms.tsx'
import { TargetEvidenceView } from './TargetEvidenceView.tsx'

const Column = DataTable.Col<Proposal>

/** Everything that one person proposed and another has to decide. */
export function ApprovalsPage() {
  return (
    <Page
      title="Approvals"
      about={
        <>
          Proposed by one person, decided by another. Nothing changes before. <Elsewhere />
        </>
      }
    >
      <RecordTable
        resource="proposals"
        filterAtFirst={{ state: 'proposed' }}
        controls={<Controls />}
        rowClick="expand"
        expand={<Details />}
        empty={{ title: 'No proposals yet', text: 'What needs two people appears here once it is proposed.' }}
        emptyAtFirst={{
          title: 'Nothing to decide',
          text: 'What needs two people appears here once it is proposed.',
        }}
      >
        <Column label="Proposal" render={(proposal) => <Proposed proposal={proposal} />} />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={proposalTones[state]} />}
        />
        <Column
          label="Proposed"
          render={({ proposed_at, state }) => <Since at={proposed_at} isOpen={state === 'proposed'} />}
        />
        <Column label="By" render={({ proposed_by }) => proposed_by.name} />
        <Column label="Decide by" render={(proposal) => <Deadline proposal={proposal} />} />
        <Column label="" render={(proposal) => <Decision proposal={proposal} />} />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  const waiting = useToday().data?.waiting.open_proposals
  return (
    <>
      <StateTabs states={proposalStates} counts={waiting === undefined ? {} : { proposed: waiting }} />
      <ChoiceFilter source="kind" label="Kind" choices={proposalKinds} />
    </>
  )
}

/** Refunds and reversals are decided on their own pages, with their lists; disputes are answered on theirs. */
function Elsewhere() {
  const waiting = useToday().data?.waiting
  if (waiting === undefined) return null
  const { proposed_refunds, proposed_reversals, open_disputes } = waiting
  const links = [
    [proposed_refunds, 'refund', 'to approve', listLink('refunds', { state: 'proposed' })],
    [
      proposed_reversals,
      'reversal',
      'to approve',
      listLink('bank-transfers', { state: 'reversal_proposed' }),
    ],
    [open_disputes, 'dispute', 'to answer', listLink('disputes', { state: 'needs_response' })],
  ] as const
  return links
    .filter(([count]) => count > 0)
    .map(([count, what, todo, to], at) => (
      <Fragment key={what}>
        {at === 0 ? null : ' · '}
        <AppLink to={to}>
          {counted(count, what)} {todo}
        </AppLink>
      </Fragment>
    ))
}

function Proposed({ proposal }: { proposal: Proposal }) {
  return (
    <>
      <strong>{proposalTitle(proposal)}</strong>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ maxWidth: 460 }}>
        {words(proposal.kind)} · “{proposal.reason}”
      </Typography>
    </>
  )
}

function Deadline({ proposal: { state, expires_at } }: { proposal: Proposal }) {
  return state === 'proposed' ? <TimeText at={expires_at} precision="minutes" /> : '–'
}

/** The buttons while it is open; afterwards who decided, and their note. */
function Decision({ proposal }: { proposal: Proposal }) {
  const { decided_by, decided_at, note } = proposal
  if (decided_by === undefined || decided_at === undefined) {
    return (
      <div onClick={(event) => event.stopPropagation()}>
        <ProposalButtons proposal={proposal} />
      </div>
    )
  }
  return (
    <Typography color="textSecondary" component="div">
      <div>{decided_by.name}</div>
      <TimeText at={decided_at} precision="minutes" />
      {note === undefined ? null : <div>“{note}”</div>}
    </Typography>
  )
}

/** What is proposed, beside what is known of it. */
function Details() {
  const proposal = useRecordContext<Proposal>()
  if (proposal === undefined) return null
  return (
    <Box sx={{ display: 'grid', gap: 2, py: 1, gridTemplateColumns: 'repeat(auto-fit, minmax(380px, 1fr))' }}>
      <div>
        <ProposalTerms proposal={proposal} />
        <Box sx={{ px: 2 }}>
          <Typography>
            {proposal.proposed_by.name}: “{proposal.reason}”
          </Typography>
          {proposal.state === 'proposed' ? (
            <Typography color="textSecondary">On approval: {proposalEffect(proposal)}</Typography>
          ) : null}
        </Box>
      </div>
      {proposal.kind === 'target_outcome' ? <TargetEvidenceView targetId={proposal.subject} /> : null}
    </Box>
  )
}
