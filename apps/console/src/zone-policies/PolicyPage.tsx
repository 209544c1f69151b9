import { Alert, Button, Skeleton, Stack, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import { Link, useParams } from 'react-router-dom'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ZonePolicy } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { newChangeLink } from '../schedule-changes/change-values.ts'
import { PolicyDialog } from './PolicyDialog.tsx'
import { policyFields } from './policy-fields.ts'

/** The policy of one zone. */
export function PolicyPage() {
  const { id: zone = '' } = useParams()
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<ZonePolicy>({
    queryKey: ['zone-policies', zone],
    queryFn: () => api.get(`zones/${encodeURIComponent(zone)}/policy`),
    retry: false,
  })
  return (
    <Page
      title={`Policy of .${zone}`}
      about={
        <Stack direction="row" sx={{ gap: 2 }}>
          <AppLink to={listLink('listings', { zone })}>Names</AppLink>
          <AppLink to={listLink('drift', { zone })}>Expected and observed drops</AppLink>
        </Stack>
      }
      actions={data === undefined ? null : <PolicyButtons zone={zone} policy={data} />}
    >
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <Skeleton variant="rounded" height={240} />
        ) : null
      ) : (
        <Section title="Policy in force">
          <Facts facts={policyFields.map(([label, text]) => [label, text(data)])} />
        </Section>
      )}
      <Alert severity="info">
        <Typography>
          A changed policy applies to lists that are read from then on. Live names keep their schedule until a
          schedule change applies the policy to them.
        </Typography>
      </Alert>
    </Page>
  )
}

function PolicyButtons({ zone, policy }: { zone: string; policy: ZonePolicy }) {
  const mayChange = useMay('registries:set')
  const mayMove = useMay('schedules:override')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {mayMove ? (
        <Button component={Link} to={newChangeLink({ zone, kind: 'policy' })} variant="outlined">
          Apply to live names
        </Button>
      ) : null}
      {mayChange ? (
        <Button variant="contained" onClick={() => setOpen(true)}>
          Edit policy
        </Button>
      ) : null}
      {isOpen ? <PolicyDialog zone={zone} policy={policy} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
