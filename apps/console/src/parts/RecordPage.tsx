import { Box, Skeleton } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useDataProvider } from 'react-admin'
import { useParams } from 'react-router-dom'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { Page } from './Page.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'

type RecordPageProps<Row extends { id: string }> = {
  readonly resource: string
  /** The kind of thing, for the title while its own is not known. */
  readonly kind: string
  readonly children: (record: Row) => ReactNode
}

/**
 * Reads the record that the address names, and says so when it cannot. Not react-admin's `useGetOne`: that shows the row of
 * a list first, which has fewer members than the record.
 */
export function RecordPage<Row extends { id: string }>({ resource, kind, children }: RecordPageProps<Row>) {
  const { id = '' } = useParams()
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<Row>({
    queryKey: ['record', resource, id],
    queryFn: () => api.get<Row>(`${resource}/${encodeURIComponent(id)}`),
    retry: false,
  })
  if (data !== undefined) return children(data)
  return (
    <Page title={kind}>
      {error === null ? <Waiting /> : <ProblemAlert error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

function Waiting() {
  return (
    <Box aria-busy="true" aria-label="Loading">
      <Skeleton variant="rounded" height={120} sx={{ mb: 2 }} />
      <Skeleton variant="rounded" height={320} />
    </Box>
  )
}
