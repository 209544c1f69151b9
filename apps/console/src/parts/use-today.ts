import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Today } from '../api/types.ts'

/** An alarm is on the first page within seconds; the counts are cheap. */
const refreshMs = 5_000

/** The counts of the whole service. Shared by all that shows them, and read again while somebody looks. */
export function useToday() {
  const api = useDataProvider<ConsoleDataProvider>()
  return useQuery<Today>({
    queryKey: ['today'],
    queryFn: () => api.get<Today>('today'),
    refetchInterval: refreshMs,
    retry: false,
  })
}
