import { Box } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DataTable, useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Account, AccountTransaction, Statement } from '../api/types.ts'
import { recordLink } from '../format/links.ts'
import { monthOf, periodOf } from '../format/period.ts'
import { AppLink } from '../parts/AppLink.tsx'
import { MoneyText } from '../parts/MoneyText.tsx'
import { NameText } from '../parts/NameText.tsx'
import { PeriodPicker } from '../parts/PeriodPicker.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { Section } from '../parts/Section.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { causeWords } from './cause-words.ts'
import { StatementTable } from './StatementTable.tsx'

const Column = DataTable.Col<AccountTransaction>

/** The account over a period that a person chooses: the sums, and below them every line. */
export function AccountStatement({ account }: { account: Account }) {
  const [days, setDays] = useState(() => monthOf(Date.now()))
  const period = periodOf(days)
  return (
    <>
      <Section title="Statement" beside={<PeriodPicker days={days} onChange={setDays} />}>
        {period === undefined ? null : <Sums account={account} period={period} />}
      </Section>
      {period === undefined ? null : (
        <Section title="Lines of this period">
          <RecordTable
            inside
            key={`${period.from} ${period.to}`}
            resource={`accounts/${account.id}/transactions`}
            filter={period}
            perPage={25}
            empty={{ title: 'Nothing happened', text: 'Choose another period.' }}
          >
            <Column label="When" render={({ posted_at }) => <TimeText at={posted_at} />} />
            <Column label="What" render={({ cause }) => causeWords[cause]} />
            <Column label="Order" render={(line) => <Order line={line} />} />
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
    queryKey: ['statement', id, period],
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
