import { Box, Button, LinearProgress, Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import { Link } from 'react-router-dom'
import type { ChangedListing, ScheduleChangeDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { scheduleChangeTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { ChangeButtons } from './ChangeButtons.tsx'
import { ChangeCounts } from './ChangeCounts.tsx'
import { actionText, causesText, causeText, filterText } from './change-texts.ts'
import { newChangeLink } from './change-values.ts'

/** One change: how far it is, what its preview counted, and what was done with each name. */
export function ChangePage() {
  return (
    <RecordPage<ScheduleChangeDetail> resource="schedule-changes" kind="Schedule change">
      {(change) => (
        <Page
          title={actionText(change.action)}
          beside={<StateChip state={change.state} tone={scheduleChangeTones[change.state]} />}
          about={`Names: ${filterText(change.filter)}`}
          actions={<ChangeButtons change={change} />}
        >
          <Progress change={change} />
          <Section title="History">
            <History change={change} />
          </Section>
          {change.counts === undefined ? null : (
            <Section title="Preview">
              <ChangeCounts counts={change.counts} />
            </Section>
          )}
          <Listings change={change} />
        </Page>
      )}
    </RecordPage>
  )
}

function Progress({ change: { id, state, progress } }: { change: ScheduleChangeDetail }) {
  const mayChange = useMay('schedules:override')
  const { listings, waiting, applied, unchanged, skipped, undone } = progress
  if (state === 'draft' || listings === 0) return null
  const isUndo = state === 'undoing' || state === 'undone'
  const done = isUndo ? undone : listings - waiting
  const of = isUndo ? applied : listings
  const percent = of === 0 ? 100 : Math.floor((100 * done) / of)
  return (
    <Section
      title="Progress"
      beside={
        mayChange && skipped > 0 && state === 'applied' ? (
          <Button component={Link} to={newChangeLink({ skippedOf: id })}>
            Change the skipped names
          </Button>
        ) : null
      }
    >
      <Box sx={{ px: 2, pt: 1.5 }}>
        <LinearProgress variant="determinate" value={percent} aria-label="Progress" />
        <Typography sx={{ mt: 1 }}>
          {countText(done)} of {countText(of)} {isUndo ? 'undone' : 'done'}
        </Typography>
      </Box>
      <Facts
        facts={[
          ['Applied', countText(applied)],
          ['Waiting', countText(waiting)],
          ['Unchanged', countText(unchanged)],
          ['Skipped', skipped === 0 ? '0' : causesText(progress.skipped_for)],
          ['Undone', isUndo && countText(undone)],
          ['Skipped in the undo', causesText(progress.undo_skipped_for)],
        ]}
      />
    </Section>
  )
}

function History({ change }: { change: ScheduleChangeDetail }) {
  const { made_at, applied_at, finished_at, undone_at } = change
  return (
    <Facts
      facts={[
        ['Made by', change.made_by],
        ['Made', <TimeText key="made" at={made_at} />],
        ['Reason', change.reason],
        ['Applied from', applied_at && <TimeText key="applied" at={applied_at} />],
        ['Finished', finished_at && <TimeText key="finished" at={finished_at} />],
        ['Undone by', change.undone_by],
        ['Undone', undone_at && <TimeText key="undone" at={undone_at} />],
        ['Reason of the undo', change.undo_reason],
      ]}
    />
  )
}

const Column = DataTable.Col<ChangedListing>

function Listings({ change: { id, progress, state } }: { change: ScheduleChangeDetail }) {
  if (progress.listings === 0) return null
  return (
    <Section title="Names">
      <RecordTable
        inside
        perPage={50}
        resource={`schedule-changes/${id}/listings`}
        controls={
          <>
            <SearchFilter label="Name" />
            {state === 'draft' ? null : (
              <ChoiceFilter
                source="result"
                label="Result"
                choices={['applied', 'waiting', 'unchanged', 'skipped']}
              />
            )}
          </>
        }
        empty={{ title: 'No names', text: 'No listing matched when the preview was made.' }}
      >
        <Column
          label="Name"
          render={({ listing_id, name }) => (
            <AppLink to={recordLink('listings', listing_id)}>
              <NameText name={name} />
            </AppLink>
          )}
        />
        <Column label="Effect" render={({ effect }) => words(effect)} />
        <Column
          label="Window before"
          render={({ before }) => <WindowText from={before.drop_from} to={before.drop_to} />}
        />
        <Column
          label="Window afterwards"
          render={({ after }) =>
            after === undefined ? '–' : <WindowText from={after.drop_from} to={after.drop_to} />
          }
        />
        <Column label="Result" render={(listing) => <Result listing={listing} />} />
      </RecordTable>
    </Section>
  )
}

function Result({ listing }: { listing: ChangedListing }) {
  const { result, skipped_for, changed, undo_result, undo_skipped_for } = listing
  if (undo_result !== undefined)
    return undo_result === 'undone' ? 'Undone' : `Undo skipped: ${causeText(undo_skipped_for ?? '')}`
  if (result === undefined) return 'Waiting'
  if (result !== 'skipped') return words(result)
  const what =
    changed === undefined ? '' : ` (${changed.map((field) => words(field).toLowerCase()).join(', ')})`
  return `Skipped: ${causeText(skipped_for ?? '')}${what}`
}
