import { type WhyNotDecide, whyNotDecide } from '@droplock/rules/proposals'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { Proposal } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe, useNow } from '../parts/hooks.ts'
import { ProposalTerms, proposalEffect, proposalTitle } from './ProposalTerms.tsx'
import { TargetEvidenceView } from './TargetEvidenceView.tsx'

type Decision = 'approve' | 'reject'

/** How soon a proposal that has expired loses its buttons. */
const EXPIRY_LOOK_MS = 10_000

/** Why this person may not decide the proposal; undefined where they may or are not known yet. */
function useWhyNot(proposal: Proposal): WhyNotDecide | undefined {
  const me = useMe()
  const now = new Date(useNow(EXPIRY_LOOK_MS))
  if (me === undefined) return 'not_permitted'
  const { kind, state, proposed_by, expires_at } = proposal
  const facts = { kind, state, proposedBy: proposed_by.id, expiresAt: new Date(expires_at) }
  return whyNotDecide(facts, { staffId: me.id, roles: me.roles }, now)
}

const whyNotWords: Readonly<Record<WhyNotDecide, string | undefined>> = {
  own: 'You proposed it. Another person has to decide.',
  not_permitted: 'You may not decide proposals of this kind.',
  expired: 'Not decided in time. It can be proposed again.',
  decided: undefined,
}

/** Approve and reject, by the table that the server decides with; or why this person may not. */
export function ProposalButtons({ proposal }: { proposal: Proposal }) {
  const [chosen, setChosen] = useState<Decision>()
  const whyNot = useWhyNot(proposal)
  if (whyNot !== undefined) {
    return (
      <Typography variant="caption" color="textSecondary" component="div">
        {whyNotWords[whyNot]}
      </Typography>
    )
  }
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <Button variant="contained" onClick={() => setChosen('approve')}>
        Approve
      </Button>
      <Button variant="outlined" onClick={() => setChosen('reject')}>
        Reject
      </Button>
      {chosen === undefined ? null : (
        <DecideDialog proposal={proposal} decision={chosen} onClose={() => setChosen(undefined)} />
      )}
    </Box>
  )
}

type DecideDialogProps = {
  readonly proposal: Proposal
  readonly decision: Decision
  readonly onClose: () => void
}

/** Shows what is decided, with the evidence beside it where there is any. */
function DecideDialog({ proposal, decision, onClose }: DecideDialogProps) {
  const isApproval = decision === 'approve'
  const decide = useAction<Reasoned, Proposal>({
    send: (api, { reason: note }) =>
      api.post(`proposals/${proposal.id}/${decision}`, isApproval && note === '' ? {} : { note }),
    done: () => (isApproval ? 'Approved and carried out.' : 'Rejected. Nothing has changed.'),
    onDone: onClose,
  })
  const hasEvidence = proposal.kind === 'target_outcome'
  return (
    <FormDialog<Reasoned>
      title={`${isApproval ? 'Approve' : 'Reject'}: ${proposalTitle(proposal)}`}
      action={isApproval ? 'Approve' : 'Reject'}
      tone={isApproval ? 'primary' : 'error'}
      maxWidth={hasEvidence ? 'md' : 'sm'}
      initial={{ reason: '' }}
      change={decide}
      onClose={onClose}
    >
      <Typography>
        {isApproval ? proposalEffect(proposal) : 'Nothing changes. It can be proposed again.'}
      </Typography>
      <Box role="group" aria-label="Terms" sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
        <ProposalTerms proposal={proposal} />
      </Box>
      <Typography>
        {proposal.proposed_by.name}: “{proposal.reason}”
      </Typography>
      {hasEvidence ? <TargetEvidenceView targetId={proposal.subject} /> : null}
      <ReasonInput label={isApproval ? 'Note (optional)' : 'Reason'} required={!isApproval} />
    </FormDialog>
  )
}
