import { Box, Button, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { DropRoom, Proposal } from '../api/types.ts'
import { ProposalButtons } from '../approvals/ProposalButtons.tsx'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'

type Registry = DropRoom['registries'][number]

/** Stops a registry or restarts it. While paid names are in their window a stop is proposed, and another person approves it here. */
export function StopButtons({ registry }: { registry: Registry }) {
  const [isAsking, setIsAsking] = useState(false)
  const mayStop = useMay('registries:stop')
  const proposal = useStopProposal(registry.id)
  if (registry.stop === undefined && proposal !== undefined) {
    return (
      <Box
        sx={{
          display: 'inline-flex',
          flexDirection: 'column',
          alignItems: { xs: 'flex-start', sm: 'flex-end' },
          gap: 0.5,
          maxWidth: 340,
          whiteSpace: 'normal',
        }}
      >
        <Typography variant="caption">
          {proposal.proposed_by.name} proposes to stop it: {proposal.reason}
        </Typography>
        <ProposalButtons proposal={proposal} />
      </Box>
    )
  }
  if (!mayStop) return null
  const isStopped = registry.stop !== undefined
  return (
    <>
      <Button
        variant="outlined"
        color={isStopped ? 'primary' : 'error'}
        onClick={() => setIsAsking(true)}
        aria-label={`${labelOf(registry)} ${registry.id}`}
      >
        {labelOf(registry)}
      </Button>
      {isAsking ? <StopDialog registry={registry} onClose={() => setIsAsking(false)} /> : null}
    </>
  )
}

function labelOf({ stop, paid_in_window }: Registry): string {
  if (stop !== undefined) return 'Restart'
  return paid_in_window ? 'Propose stop' : 'Stop'
}

/** The open proposal to stop the registry, for those who may read proposals. */
function useStopProposal(registryId: string): Proposal | undefined {
  const api = useDataProvider<ConsoleDataProvider>()
  const mayRead = useMay('money:read')
  const { data } = useQuery({
    queryKey: ['proposals', 'registry-stops'],
    queryFn: () =>
      api.get<{ items: readonly Proposal[] }>('proposals?kind=registry_stop&state=proposed&per_page=100'),
    enabled: mayRead,
    retry: false,
  })
  return data?.items.find(({ subject }) => subject === registryId)
}

function StopDialog({ registry, onClose }: { registry: Registry; onClose: () => void }) {
  const { id, stop, paid_in_window } = registry
  const change = useAction({
    send: (api, { reason }: Reasoned) => {
      if (stop !== undefined) return api.post(`registries/${id}/restart`, { reason })
      if (paid_in_window) return api.post('proposals/registry-stops', { registry_id: id, reason })
      return api.post(`registries/${id}/stop`, { reason })
    },
    done: () => {
      if (stop !== undefined) return `${id} restarted.`
      return paid_in_window ? 'Stop proposed. Another person has to approve it.' : `${id} stopped.`
    },
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${labelOf(registry)}: ${id}`}
      action={labelOf(registry)}
      tone={stop === undefined ? 'error' : 'primary'}
      initial={{ reason: '' }}
      change={change}
      onClose={onClose}
    >
      <Typography>{effectOf(registry)}</Typography>
      <ReasonInput />
    </FormDialog>
  )
}

function effectOf({ stop, paid_in_window }: Registry): string {
  if (stop !== undefined) return 'Creates are sent again within a second.'
  const effect = 'No create is sent to this registry, from any of our accounts, until it is restarted.'
  if (!paid_in_window) return `${effect} What was sent is still decided.`
  return `Paid names are in their window, so another person has to approve the stop. Creates continue until then. After that: ${effect.toLowerCase()}`
}
