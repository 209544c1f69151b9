import { Alert, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { PayoutDetail, PayoutMovement } from '../api/types.ts'
import { countText, moneyText } from '../format/money.ts'
import { payoutTones } from '../format/tones.ts'
import { counted, words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Page, Section, TwoColumns } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { PayoutButtons } from './PayoutButtons.tsx'

/** A payout, what it is made of, and where it is on the bank statement. */
export function PayoutPage() {
  return (
    <RecordPage<PayoutDetail> resource="payouts" kind="Payout">
      {(payout) => (
        <Page
          title={`Payout of ${moneyText(payout.amount)}`}
          beside={<StateChip state={payout.state} tone={payoutTones[payout.state]} />}
          about={<code>{payout.provider_payout_id}</code>}
          actions={<PayoutButtons payout={payout} />}
        >
          <Warnings payout={payout} />
          <TwoColumns
            main={
              <>
                <Composition payout={payout} />
                <Movements payout={payout} />
              </>
            }
            beside={
              <Section title="Details">
                <Details payout={payout} />
              </Section>
            }
          />
        </Page>
      )}
    </RecordPage>
  )
}

function Warnings({
  payout: { difference, unknown_movements, state, matched_at },
}: {
  payout: PayoutDetail
}) {
  const texts = [
    difference !== undefined &&
      difference.amount_minor !== 0 &&
      `The movements differ from the amount by ${moneyText(difference)}.`,
    unknown_movements > 0 &&
      `${counted(unknown_movements, 'movement')} of nothing that is in our books. Reconciliation has them.`,
    state === 'failed' &&
      matched_at !== undefined &&
      'The bank refused it after it was matched. Look for the line that takes it back.',
  ].filter((text) => text !== false)
  return texts.map((text) => (
    <Alert key={text} severity="warning" sx={{ mb: 2 }}>
      {text}
    </Alert>
  ))
}

function Details({ payout }: { payout: PayoutDetail }) {
  const { bank_reference, bank_date, matched_by, matched_at } = payout
  return (
    <Facts
      narrow
      facts={[
        ['Provider', payout.provider],
        ['Made', <TimeText key="made" at={payout.made_at} />],
        ['At the bank', payout.arrives_at.slice(0, 10)],
        [
          'Bank statement',
          bank_reference === undefined ? (
            <StateChip key="none" state="not_matched" tone="warning" />
          ) : (
            <code key="reference">{bank_reference}</code>
          ),
        ],
        ['Date there', bank_date],
        ['Matched by', matched_by?.name],
        ['Matched', matched_at && <TimeText key="matched" at={matched_at} />],
      ]}
    />
  )
}

/** The kinds of movements that it pays out, with their fees. */
function Composition({ payout: { parts, amount, is_itemised } }: { payout: PayoutDetail }) {
  if (parts.length === 0)
    return (
      <Section title="Composition">
        <Nothing title={is_itemised ? 'Not read yet' : 'Not known'}>
          {is_itemised
            ? 'The next reconciliation reads what it pays out.'
            : 'The provider does not say what a payout pays out that was ordered there by hand.'}
        </Nothing>
      </Section>
    )
  return (
    <Section title="Composition">
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Kind</TableCell>
            <TableCell align="right">Movements</TableCell>
            <TableCell align="right">Gross</TableCell>
            <TableCell align="right">Fees</TableCell>
            <TableCell align="right">Net</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {parts.map(({ kind, movements, gross, fee, net }) => (
            <TableRow key={`${kind} ${net.currency}`}>
              <TableCell>{words(kind)}</TableCell>
              <TableCell align="right">{countText(movements)}</TableCell>
              <TableCell align="right">
                <MoneyText amount={gross} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={fee} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={net} />
              </TableCell>
            </TableRow>
          ))}
          <TableRow sx={{ '& td': { fontWeight: 600 } }}>
            <TableCell>Paid out</TableCell>
            <TableCell align="right">
              {countText(parts.reduce((sum, { movements }) => sum + movements, 0))}
            </TableCell>
            <TableCell />
            <TableCell />
            <TableCell align="right">
              <MoneyText amount={amount} />
            </TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </Section>
  )
}

const Column = DataTable.Col<PayoutMovement>

function Movements({ payout: { id } }: { payout: PayoutDetail }) {
  return (
    <Section title="Movements">
      <RecordTable
        inside
        resource={`payouts/${id}/movements`}
        empty={{ title: 'No movements', text: 'What it pays out appears here once it is read.' }}
      >
        <Column label="Time" render={({ moved_at }) => <TimeText at={moved_at} precision="minutes" />} />
        <Column label="For" render={(movement) => <Subject movement={movement} />} />
        <Column label="Kind" render={({ kind }) => words(kind)} />
        <Column label="Gross" align="right" render={({ gross }) => <MoneyText amount={gross} />} />
        <Column label="Fee" align="right" render={({ fee }) => <MoneyText amount={fee} />} />
        <Column label="Net" align="right" render={({ net }) => <MoneyText amount={net} />} />
      </RecordTable>
    </Section>
  )
}

/** What it is in our books, with a link; a fee of the service itself is nothing there. */
function Subject({ movement }: { movement: PayoutMovement }) {
  const { dispute_id, refund_id, payment_id, purpose, name, account_name, object_id, kind } = movement
  const page =
    dispute_id !== undefined
      ? recordLink('disputes', dispute_id)
      : refund_id !== undefined
        ? recordLink('refunds', refund_id)
        : payment_id !== undefined
          ? recordLink('payments', payment_id)
          : undefined
  if (page === undefined)
    return kind === 'fee' ? '–' : <Typography color="error">{object_id ?? 'Not in our books'}</Typography>
  return (
    <>
      <AppLink to={page}>{name === undefined ? words(purpose ?? kind) : <NameText name={name} />}</AppLink>
      <Typography variant="caption" color="textSecondary" component="div">
        {account_name}
      </Typography>
    </>
  )
}
