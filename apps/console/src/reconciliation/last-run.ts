import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ReconciliationRun } from '../api/types.ts'

type Runs = { readonly items: readonly ReconciliationRun[] }

/** The newest runs: one that is running has no result yet, so the one before is among them. */
export function useLastRuns() {
  const api = useDataProvider<ConsoleDataProvider>()
  return useQuery<Runs>({
    queryKey: ['reconciliation', 'last-runs'],
    queryFn: () => api.get<Runs>('reconciliation/runs?per_page=5'),
    retry: false,
  })
}
