import type { ListingDetail } from '../api/types.ts'
import { unicodeName } from '../format/unicode-name.ts'
import { Facts } from '../parts/Facts.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'
import { ConfirmationAnswers } from './ConfirmationAnswers.tsx'
import { ListingState } from './ListingState.tsx'
import { OverrideHistory } from './OverrideHistory.tsx'
import { ScheduleButtons } from './ScheduleButtons.tsx'
import { WithdrawButton } from './WithdrawButton.tsx'

/** One listing: its schedule, its holder, and the manual changes. */
export function SchedulePage() {
  return (
    <RecordPage<ListingDetail> resource="listings" kind="Drop schedule">
      {(listing) => (
        <Page
          title={listing.name}
          beside={<ListingState listing={listing} />}
          about={unicodeName(listing.name)}
          actions={
            <>
              <WithdrawButton listing={listing} />
              <ScheduleButtons listing={listing} />
            </>
          }
        >
          <Section title="Schedule">
            <ScheduleFacts listing={listing} />
          </Section>
          <OverrideHistory overrides={listing.overrides} />
          {listing.suspect || listing.state === 'withdrawn' ? (
            <ConfirmationAnswers listingId={listing.id} />
          ) : null}
        </Page>
      )}
    </RecordPage>
  )
}

function ScheduleFacts({ listing }: { listing: ListingDetail }) {
  const { listed, backorder_id, holder_name, ended_at } = listing
  return (
    <Facts
      facts={[
        ['Drop window', <WindowText key="window" from={listing.drop_from} to={listing.drop_to} />],
        [
          'Window in the lists',
          listed && <WindowText key="listed" from={listed.drop_from} to={listed.drop_to} />,
        ],
        ['Orders open', <TimeText key="opens" at={listing.opens_at} />],
        ['Orders close', <TimeText key="cutoff" at={listing.cutoff_at} />],
        ['Ended', ended_at && <TimeText key="ended" at={ended_at} />],
        [
          'Holder',
          backorder_id === undefined ? (
            'None'
          ) : (
            <AppLink key="holder" to={recordLink('backorders', backorder_id)}>
              {holder_name ?? 'View backorder'}
            </AppLink>
          ),
        ],
        ['Zone', `.${listing.zone} at ${listing.registry_id}`],
        ['Cycle', listing.cycle],
      ]}
    />
  )
}
