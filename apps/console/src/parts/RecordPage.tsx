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
  /** The title while the record is loading. */
  readonly kind: string
  readonly children: (record: Row) => ReactNode
}

/**
 * Reads the record named by the address, and shows the error if it cannot. Not react-admin's `useGetOne`, which first shows
 * the row of a list: that has fewer members than the record.
 */
export function RecordPage<Row extends { id: string }>({ resource, kind, children }: RecordPageProps<Row>) {
  const { id = '' } = useParams()
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<Row>({
    queryKey: [resource, 'record', { id }],
    queryFn: () => api.get<Row>(`${resource}/${encodeURIComponent(id)}`),
    retry: false,
  })
  if (data !== undefined) return children(data)
  return (
    <Page title={kind}>
      {error === null ? <Loading /> : <ProblemAlert error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

function Loading() {
  return (
    <Box role="status" aria-busy="true" aria-label="Loading">
      <Skeleton variant="rounded" height={120} sx={{ mb: 2 }} />
      <Skeleton variant="rounded" height={320} />
    </Box>
  )
}
