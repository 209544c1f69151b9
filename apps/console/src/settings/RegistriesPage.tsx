import { useQuery } from '@tanstack/react-query'
import { DataTable, useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Registry, ServiceSettings } from '../api/types.ts'
import { zonesText } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { RowLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { registryTabs } from '../parts/tabs.ts'

const Column = DataTable.Col<Registry>

/** Where names are registered, and when lists are published. */
export function RegistriesPage() {
  return (
    <Page
      title="Registries"
      about="Registries, our accounts there and their zones. New ones are added by the command registry put."
    >
      <PageTabs label="Registries" tabs={registryTabs} />
      <Publication />
      <RecordTable
        resource="registries"
        rowClick="show"
        empty={{ title: 'No registries yet', text: 'Define one with the admin command registry put.' }}
      >
        <Column
          label="Registry"
          render={({ id }) => (
            <RowLink>
              <strong>{id}</strong>
            </RowLink>
          )}
        />
        <Column label="Zones" render={({ zones }) => zonesText(zones)} />
      </RecordTable>
    </Page>
  )
}

/** Rule 5: a setting of the processes, which a restart changes. */
function Publication() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<ServiceSettings>({
    queryKey: ['settings'],
    queryFn: () => api.get<ServiceSettings>('settings'),
    retry: false,
  })
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  const { publication, time_zone, mode } = data
  return (
    <Section title="Publication of lists">
      <Facts
        facts={[
          [
            'Window',
            publication === undefined
              ? 'At once, whenever a list is ready'
              : `${publication.from} to ${publication.to}, ${time_zone}`,
          ],
          ['Set by', 'DROPLOCK_PUBLICATION, in the worker and the operator API alike'],
          ['Database', mode === 'live' ? 'Live' : 'Test: no real money'],
        ]}
      />
    </Section>
  )
}
