import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Registry } from '../api/types.ts'

/** Zones are added with a registry's contract, not while somebody looks. */
const freshMs = 10 * 60_000

/** The registries with their zones; none until known. */
export function useRegistries(): readonly Registry[] {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<readonly Registry[]>({
    queryKey: ['registries'],
    queryFn: async () => (await api.get<{ items: readonly Registry[] }>('registries')).items,
    staleTime: freshMs,
    retry: false,
  })
  return data ?? []
}

/** All zones, in order. */
export function useZones(): readonly string[] {
  return useRegistries()
    .flatMap(({ zones }) => zones)
    .toSorted()
}
