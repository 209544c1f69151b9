import type { CloseObstacle } from '@droplock/rules/months'
import { Alert, AlertTitle, Box } from '@mui/material'
import type { MonthDetail } from '../api/types.ts'
import { monthText } from '../format/days.ts'
import { countText } from '../format/money.ts'
import { monthTones } from '../format/tones.ts'
import { Facts } from '../parts/Facts.tsx'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'
import { CloseButtons } from './CloseButtons.tsx'
import { OpenItems } from './OpenItems.tsx'
import { TrialBalance } from './TrialBalance.tsx'

/** One month: what its close would keep, or what it kept. */
export function MonthPage() {
  return (
    <RecordPage<MonthDetail> resource="months" kind="Month">
      {(month) => (
        <Page
          title={monthText(month.id)}
          about={<WindowText from={month.starts_at} to={month.ends_at} precision="minutes" />}
          beside={<StateChip state={month.state} tone={monthTones[month.state]} />}
          actions={<CloseButtons month={month} />}
        >
          {month.state === 'open' ? <Obstacles obstacles={month.obstacles} /> : <Decision month={month} />}
          <TrialBalance month={month} />
          <OpenItems month={month} />
        </Page>
      )}
    </RecordPage>
  )
}

const obstacleTexts: Readonly<Record<CloseObstacle, string>> = {
  closed: 'It is closed already.',
  not_over: 'It is not over. It can be closed an hour after its end (UTC).',
  earlier_month_open: 'An earlier month is open. Months are closed in order.',
  not_reconciled:
    'No complete reconciliation has begun since its end. Start one on the page Reconciliation, and repair what it could not read.',
  unbalanced:
    'The balances do not sum to 0. This is a fault of the service: see the mismatches of the ledger.',
  too_many_open_items: 'More items are open than can be explained one by one. Resolve some first.',
}

function Obstacles({ obstacles }: { obstacles: MonthDetail['obstacles'] }) {
  return (
    <Box sx={{ mb: 2 }}>
      {obstacles.length === 0 ? (
        <Alert severity="info">It can be closed. Check the figures and the open items first.</Alert>
      ) : (
        <Alert severity="warning">
          <AlertTitle>It cannot be closed yet</AlertTitle>
          {obstacles.map((obstacle) => (
            <div key={obstacle}>{obstacleTexts[obstacle]}</div>
          ))}
        </Alert>
      )}
    </Box>
  )
}

function Decision({ month }: { month: MonthDetail }) {
  const { proposed_by, proposed_at, decided_by, closed_at, note, postings, sha256, id } = month
  return (
    <Section title={month.state === 'closed' ? 'Close' : 'Proposed close'}>
      <Facts
        facts={[
          ['Proposed by', proposed_by?.name],
          [
            'Proposed',
            proposed_at !== undefined && <TimeText key="proposed" at={proposed_at} precision="minutes" />,
          ],
          ['Approved by', decided_by?.name],
          ['Closed', closed_at !== undefined && <TimeText key="closed" at={closed_at} precision="minutes" />],
          ['Postings', postings !== undefined && countText(postings)],
          ['Note', note],
          ['Hash of the balances (SHA-256)', sha256 !== undefined && <code key="hash">{sha256}</code>],
          [
            'Audit',
            <AppLink key="audit" to={listLink('audit', { subject_type: 'month', subject_id: id })}>
              View entries
            </AppLink>,
          ],
        ]}
      />
    </Section>
  )
}
