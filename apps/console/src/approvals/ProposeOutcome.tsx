import { outcomes } from '@droplock/contracts/common/words'
import { isLeftToPeople } from '@droplock/rules/drop/outcome'
import { Box, Button, MenuItem, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import { useWatch } from 'react-hook-form'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { BackorderDetail, Proposal, TargetEvidence } from '../api/types.ts'
import { instantOfUtc, twoClocks } from '../format/time.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useMay, useNow } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { UtcInput } from '../schedules/UtcInput.tsx'
import { ProposalButtons } from './ProposalButtons.tsx'
import { ProposalTerms, proposalEffect } from './ProposalTerms.tsx'
import { TargetEvidenceView, useTargetEvidence } from './TargetEvidenceView.tsx'

/** How soon the section appears once the grace period is over. */
const GRACE_LOOK_MS = 5_000

/** The server takes no longer evidence. */
const EVIDENCE_CHARACTERS_MAX = 5_000

/** On the page of a backorder that nothing can decide any more: the evidence, and the decision by two people. */
export function OutcomeByPeople({ backorder: { target, name } }: { backorder: BackorderDetail }) {
  const now = new Date(useNow(GRACE_LOOK_MS))
  if (target === undefined) return null
  const facts = { state: target.state, graceUntil: new Date(target.grace_until) }
  return isLeftToPeople(facts, now) ? <Undecided targetId={target.id} name={name} /> : null
}

function Undecided({ targetId, name }: { targetId: string; name: string }) {
  const proposal = useOpenProposal(targetId)
  return (
    <Section title="Result to be decided by two people">
      <Box sx={{ px: 2, pt: 1.5, pb: 2, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1.5 }}>
        <Typography>
          The grace period is over and no answer shows the result. One person proposes it with evidence,
          another decides; nothing is earned or refunded before.
        </Typography>
        <TargetEvidenceView targetId={targetId} />
        {proposal === undefined ? (
          <Propose targetId={targetId} name={name} />
        ) : (
          <Proposed proposal={proposal} />
        )}
      </Box>
    </Section>
  )
}

/** Who may not read proposals lacks the buttons, and is shown no refusal. */
function useOpenProposal(targetId: string): Proposal | undefined {
  const api = useDataProvider<ConsoleDataProvider>()
  const mayRead = useMay('money:read')
  const { data } = useQuery<{ readonly items: readonly Proposal[] }>({
    queryKey: ['proposals', 'getList', { subject: targetId }],
    queryFn: () => api.get(`proposals?${new URLSearchParams({ subject: targetId, state: 'proposed' })}`),
    enabled: mayRead,
    retry: false,
  })
  return data?.items[0]
}

function Proposed({ proposal }: { proposal: Proposal }) {
  return (
    <Box role="group" aria-label="Proposal" sx={{ border: 1, borderColor: 'warning.main', borderRadius: 1 }}>
      <ProposalTerms proposal={proposal} />
      <Box sx={{ px: 2, pb: 1.5, display: 'grid', gap: 1 }}>
        <Typography>
          Proposed by {proposal.proposed_by.name}: “{proposal.reason}”
        </Typography>
        <Typography color="textSecondary">
          On approval: {proposalEffect(proposal)} Open until{' '}
          {twoClocks(proposal.expires_at, 'UTC', 'minutes').utc}.
        </Typography>
        <ProposalButtons proposal={proposal} />
      </Box>
    </Box>
  )
}

function Propose({ targetId, name }: { targetId: string; name: string }) {
  const [isOpen, setOpen] = useState(false)
  const mayPropose = useMay('targets:propose')
  const { data: evidence } = useTargetEvidence(targetId)
  if (!mayPropose || evidence === undefined) return null
  return (
    <div>
      <Button variant="contained" onClick={() => setOpen(true)}>
        Propose result
      </Button>
      {isOpen ? <ProposeDialog evidence={evidence} name={name} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

type Values = {
  readonly outcome: (typeof outcomes)[number] | ''
  readonly crDate: string
  readonly account: string
  readonly evidence: string
  readonly reason: string
}

/** What each result means, in the words of the choice. */
const outcomeWords: Readonly<Record<(typeof outcomes)[number], string>> = {
  registered: 'Registered for us',
  lost: 'Lost to another registrar',
  missed: 'Missed: not released, or not tried in time',
  premium: 'Premium price',
  withdrawn: 'Withdrawn: restored or renewed',
  refused: 'Refused by the registry',
}

type ProposeDialogProps = {
  readonly evidence: TargetEvidence
  readonly name: string
  readonly onClose: () => void
}

function ProposeDialog({ evidence, name, onClose }: ProposeDialogProps) {
  const [onlyAccount, ...others] = evidence.registry_account_ids
  const propose = useAction<Values, Proposal>({
    send: (api, values) => api.post('proposals/target-outcomes', bodyOf(evidence.id, values)),
    done: () => 'Proposed. Another person has to decide.',
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={`Propose the result of ${name}`}
      action="Propose"
      initial={{
        outcome: '',
        crDate: '',
        account: others.length === 0 ? (onlyAccount ?? '') : '',
        evidence: '',
        reason: '',
      }}
      change={propose}
      onClose={onClose}
    >
      <TextInput<Values> name="outcome" label="Result" select required deps={['crDate', 'account']}>
        {outcomes.map((outcome) => (
          <MenuItem key={outcome} value={outcome}>
            {outcomeWords[outcome]}
          </MenuItem>
        ))}
      </TextInput>
      <OfWin accounts={evidence.registry_account_ids} />
      <TextInput<Values>
        name="evidence"
        label="Evidence"
        required
        multiline
        minRows={4}
        maxRows={12}
        helperText="What the registry, RDAP or the registrar says, word for word. The second person decides by it."
        slotProps={{ htmlInput: { maxLength: EVIDENCE_CHARACTERS_MAX } }}
      />
      <ReasonInput />
    </FormDialog>
  )
}

/** A win needs the creation date of our registration, and the account that holds it. */
function OfWin({ accounts }: { accounts: readonly string[] }) {
  const outcome = useWatch<Values, 'outcome'>({ name: 'outcome' })
  if (outcome !== 'registered') return null
  return (
    <>
      <UtcInput<Values> name="crDate" label="Created at the registry" onChange={() => undefined} />
      <TextInput<Values> name="account" label="Our account that holds it" select required>
        {accounts.map((account) => (
          <MenuItem key={account} value={account}>
            {account}
          </MenuItem>
        ))}
      </TextInput>
    </>
  )
}

function bodyOf(targetId: string, { outcome, crDate, account, evidence, reason }: Values): object {
  const win = outcome === 'registered' ? { cr_date: instantOfUtc(crDate), registry_account_id: account } : {}
  return { target_id: targetId, outcome, ...win, evidence, reason }
}
