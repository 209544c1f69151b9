import { DataTable } from 'react-admin'
import type { ConfirmationAnswer } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<ConfirmationAnswer>

/** What the registry answered when it was asked about a suspect, newest first. */
export function ConfirmationAnswers({ listingId }: { listingId: string }) {
  return (
    <Section title="Answers of the registry">
      <RecordTable
        inside
        perPage={10}
        resource={`listings/${listingId}/confirmation-answers`}
        empty={{
          title: 'Not asked yet',
          text: 'The registry is asked about a name that is missing from a complete list.',
        }}
      >
        <Column label="Asked" render={({ asked_at }) => <TimeText at={asked_at} />} />
        <Column
          label="By"
          render={({ means, url, registry_account_id }) =>
            `${means === 'info' ? 'EPP info' : 'RDAP'}: ${url ?? registry_account_id ?? '–'}`
          }
        />
        <Column
          label="Verdict"
          render={({ verdict, decides }) => (
            <StateChip state={verdict} tone={decides ? 'success' : 'neutral'} />
          )}
        />
        <Column label="Finding" render={({ finding }) => finding} />
        <Column
          label="Statuses"
          render={({ statuses, rgp_statuses }) => [...statuses, ...rgp_statuses].map(words).join(', ') || '–'}
        />
        <Column label="Registrar" render={({ registrar }) => registrar ?? '–'} />
        <Column label="Code" align="right" render={({ code }) => code ?? '–'} />
      </RecordTable>
    </Section>
  )
}
