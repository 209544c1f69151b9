import { DataTable } from 'react-admin'
import type { Withdrawal } from '../api/types.ts'
import { listingTones } from '../format/tones.ts'
import { ChoiceFilter, RegistryFilter, SearchFilter, ZoneFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { withdrawalTabs } from '../parts/tabs.ts'
import { NameText, TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<Withdrawal & { readonly id: string }>

const meansNames = { info: 'EPP info', rdap: 'RDAP', operator: 'Operators' } as const

const isMeans = (means: string): means is keyof typeof meansNames => means in meansNames

const meansName = (means: string) => (isMeans(means) ? meansNames[means] : means)

/** Names that do not drop any more, by evidence of the registry or by people. */
export function WithdrawalsPage() {
  return (
    <Page
      title="Withdrawals"
      about="Names that do not drop any more, by evidence of the registry or by a decision of operators."
    >
      <PageTabs label="Withdrawals" tabs={withdrawalTabs} />
      <RecordTable
        resource="withdrawals"
        controls={
          <>
            <SearchFilter label="Name" />
            <ZoneFilter />
            <RegistryFilter />
            <ChoiceFilter
              source="means"
              label="Shown by"
              choices={Object.keys(meansNames)}
              nameOf={meansName}
            />
            <PeriodFilter />
          </>
        }
        empty={{
          title: 'No withdrawn names',
          text: 'A name that is renewed or restored before its drop appears here.',
        }}
      >
        <Column
          label="Name"
          render={({ listing_id, name }) => (
            <AppLink to={recordLink('listings', listing_id)}>
              <NameText name={name} />
            </AppLink>
          )}
        />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={listingTones[state]} />}
        />
        <Column label="Withdrawn" render={({ at }) => <TimeText at={at} />} />
        <Column label="Shown by" render={({ means }) => meansName(means ?? 'operator')} />
        <Column label="Why" render={({ finding, reason }) => finding ?? reason ?? '–'} />
        <Column label="Decided by" render={({ proposal_id, means }) => decidedBy(proposal_id, means)} />
      </RecordTable>
    </Page>
  )
}

function decidedBy(proposalId: string | undefined, means: string | undefined): string {
  if (means !== undefined) return 'Evidence'
  return proposalId === undefined ? 'One person' : 'Two people'
}
