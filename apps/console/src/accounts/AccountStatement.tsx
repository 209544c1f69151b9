import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DataTable, useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Account, AccountTransaction, Statement } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { monthOf, periodOf } from '../format/period.ts'
import { words } from '../format/words.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { PeriodPicker } from '../parts/Period.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<AccountTransaction>

/** The statement of a period: the totals, and below them every transaction. */
export function AccountStatement({ account }: { account: Account }) {
  const [days, setDays] = useState(() => monthOf(Date.now()))
  const period = periodOf(days)
  return (
    <>
      <Section title="Statement" beside={<PeriodPicker days={days} onChange={setDays} />}>
        {period === undefined ? null : <Sums account={account} period={period} />}
      </Section>
      {period === undefined ? null : (
        <Section title="Transactions">
          <RecordTable
            inside
            key={`${period.from} ${period.to}`}
            resource={`accounts/${account.id}/transactions`}
            filter={period}
            perPage={25}
            empty={{ title: 'No transactions in this period', text: 'Choose another period.' }}
          >
            <Column label="Time" render={({ posted_at }) => <TimeText at={posted_at} />} />
            <Column label="Cause" render={({ cause }) => words(cause)} />
            <Column label="Name" render={(line) => <Order line={line} />} />
            <Column label="Amount" align="right" render={({ amount }) => <MoneyText amount={amount} />} />
          </RecordTable>
        </Section>
      )}
    </>
  )
}

type Period = NonNullable<ReturnType<typeof periodOf>>

function Sums({ account: { id }, period }: { account: Account; period: Period }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<Statement>({
    queryKey: [`accounts/${id}/statement`, period],
    queryFn: () => api.get<Statement>(`accounts/${id}/statement?${new URLSearchParams(period)}`),
    placeholderData: (before) => before,
    retry: false,
  })
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  return data === undefined ? (
    <Box sx={{ height: 120 }} aria-busy="true" />
  ) : (
    <StatementTable statement={data} />
  )
}

function Order({ line: { name, backorder_id } }: { line: AccountTransaction }) {
  if (name === undefined) return '–'
  if (backorder_id === undefined) return <NameText name={name} />
  return (
    <AppLink to={recordLink('backorders', backorder_id)}>
      <NameText name={name} />
    </AppLink>
  )
}

/** Opening balance, totals by cause, closing balance: the column adds up from top to bottom. */
function StatementTable({ statement }: { statement: Statement }) {
  const { opening, activity, closing } = statement
  return (
    <Table size="small" aria-label="Statement" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
      <TableHead>
        <TableRow>
          <TableCell>Cause</TableCell>
          <TableCell align="right">Transactions</TableCell>
          <TableCell align="right">In</TableCell>
          <TableCell align="right">Out</TableCell>
          <TableCell align="right">Balance</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        <Total label="Opening balance" amount={opening} />
        {activity.map(({ cause, count, credit, debit }) => (
          <TableRow key={cause}>
            <TableCell>{words(cause)}</TableCell>
            <TableCell align="right">{countText(count)}</TableCell>
            <TableCell align="right">
              {credit.amount_minor === 0 ? '–' : <MoneyText amount={credit} />}
            </TableCell>
            <TableCell align="right">
              {debit.amount_minor === 0 ? '–' : <MoneyText amount={debit} />}
            </TableCell>
            <TableCell />
          </TableRow>
        ))}
        <Total label="Closing balance" amount={closing} />
      </TableBody>
    </Table>
  )
}

function Total({ label, amount }: { label: string; amount: Statement['opening'] }) {
  return (
    <TableRow sx={{ '& td': { fontWeight: 600 } }}>
      <TableCell colSpan={4}>{label}</TableCell>
      <TableCell align="right">
        <MoneyText amount={amount} />
      </TableCell>
    </TableRow>
  )
}
