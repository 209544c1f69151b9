import { feeVerdicts } from '@droplock/rules/fee-checks'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { ZoneFeeAnswer } from '../api/types.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter, ZoneFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { registryTabs } from '../parts/tabs.ts'
import { MoneyText, TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<ZoneFeeAnswer>

const tones = { standard: 'success', premium: 'warning', unknown: 'neutral' } as const

/** What registries answered about the prices of names: the evidence for which of them are premium. */
export function FeeAnswersPage() {
  return (
    <Page
      title="Fee checks"
      about="What registries say that a create costs. A name whose price is not the standard one is premium and cannot be ordered."
    >
      <PageTabs label="Registries" tabs={registryTabs} />
      <RecordTable
        resource="fee-answers"
        controls={
          <>
            <ZoneFilter />
            <ChoiceFilter source="verdict" label="Answer" choices={feeVerdicts} />
          </>
        }
        empty={{
          title: 'No fee checks yet',
          text: 'The catcher asks about names of zones that can have premium names, outside the windows.',
        }}
      >
        <Column label="Asked" render={({ asked_at }) => <TimeText at={asked_at} />} />
        <Column
          label="Name"
          render={({ listing_id, name }) => <AppLink to={recordLink('listings', listing_id)}>{name}</AppLink>}
        />
        <Column label="Answer" render={(answer) => <Answer answer={answer} />} />
        <Column
          label="A create costs"
          align="right"
          render={({ fee }) => (fee === undefined ? '–' : <MoneyText amount={fee} />)}
        />
        <Column label="Class" render={({ fee_class }) => fee_class ?? '–'} />
        <Column label="EPP code" align="right" render={({ code }) => code ?? '–'} />
        <Column label="Account" render={({ registry_account_id }) => registry_account_id} />
      </RecordTable>
    </Page>
  )
}

function Answer({ answer: { verdict, changed, finding } }: { answer: ZoneFeeAnswer }) {
  return (
    <>
      <StateChip state={verdict} tone={tones[verdict]} />
      <Typography variant="caption" color="textSecondary" component="div">
        {[changed ? 'It changed the name’s flag' : '', finding === undefined ? '' : words(finding)]
          .filter((text) => text !== '')
          .join(' · ')}
      </Typography>
    </>
  )
}
