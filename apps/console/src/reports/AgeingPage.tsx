import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { DataTable, useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Ageing, Receivable, RefundAge } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { refundTones } from '../format/tones.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { reportTabs } from '../parts/tabs.ts'
import { MoneyText } from '../parts/texts.tsx'
import { AmountText } from './AmountText.tsx'

const Account = DataTable.Col<Receivable & { readonly id: string }>
const State = DataTable.Col<RefundAge & { readonly id: string }>

const ages = ['days_0_30', 'days_31_60', 'days_61_90', 'days_over_90'] as const

type Age = (typeof ages)[number]

const ageLabels: Readonly<Record<Age, string>> = {
  days_0_30: '0–30 days',
  days_31_60: '31–60 days',
  days_61_90: '61–90 days',
  days_over_90: 'Over 90 days',
}

/** What is owed to us and to customers, by how long. */
export function AgeingPage() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<Ageing>({
    queryKey: ['receivables', 'ageing'],
    queryFn: () => api.get<Ageing>('ageing'),
    retry: false,
  })
  return (
    <Page
      title="Ageing"
      about="What resellers owe, by the age of the debits that are unpaid: money that comes in pays the oldest ones. And the refunds that customers do not have yet, by the time since they were created."
    >
      <PageTabs label="Reports" tabs={reportTabs} />
      <Sums
        sums={[
          ...(data?.receivables ?? []).map((sum) => ({
            ...sum,
            of: 'Owed by resellers',
            count: sum.accounts,
          })),
          ...(data?.refunds ?? []).map((sum) => ({ ...sum, of: 'Owed to customers', count: sum.refunds })),
        ]}
      />
      <Receivables />
      <OpenRefunds />
    </Page>
  )
}

function Receivables() {
  return (
    <Section title="Receivables">
      <RecordTable
        inside
        resource="receivables"
        empty={{ title: 'No reseller owes anything', text: 'Accounts below zero are listed here.' }}
      >
        <Account
          label="Reseller"
          render={({ account_id, account_name, is_disabled }) => (
            <>
              <AppLink to={recordLink('accounts', account_id)}>{account_name}</AppLink>{' '}
              {is_disabled ? <StateChip state="disabled" tone="neutral" /> : null}
            </>
          )}
        />
        <Account label="Owes" align="right" render={({ total }) => <MoneyText amount={total} />} />
        {ages.map((age) => (
          <Account
            key={age}
            label={ageLabels[age]}
            align="right"
            render={(row) => <AmountText amount={row[age]} />}
          />
        ))}
        <Account
          label="Credit limit"
          align="right"
          render={({ credit_limit }) => <AmountText amount={credit_limit} />}
        />
      </RecordTable>
    </Section>
  )
}

function OpenRefunds() {
  return (
    <Section title="Open refunds">
      <RecordTable
        inside
        resource="refund-ages"
        empty={{ title: 'No open refunds', text: 'Every customer has their money.' }}
      >
        <State label="State" render={({ state }) => <StateChip state={state} tone={refundTones[state]} />} />
        <State label="Refunds" align="right" render={({ refunds }) => countText(refunds)} />
        <State
          label="Amount"
          align="right"
          render={({ state, total }) => <AmountText amount={total} to={listLink('refunds', { state })} />}
        />
        {ages.map((age) => (
          <State
            key={age}
            label={ageLabels[age]}
            align="right"
            render={(row) => (
              <AmountText
                amount={row[age]}
                to={listLink('refunds', { state: row.state, ...createdAt(age) })}
              />
            )}
          />
        ))}
      </RecordTable>
    </Section>
  )
}

const DAY_MS = 86_400_000

/** Days, the youngest and the oldest; nothing is older than the last. */
const daysOld: Readonly<Record<Age, readonly [youngest: number, oldest: number]>> = {
  days_0_30: [0, 30],
  days_31_60: [30, 60],
  days_61_90: [60, 90],
  days_over_90: [90, 10_000],
}

/** When refunds of an age were created. */
function createdAt(age: Age): { readonly from: string; readonly to: string } {
  const [youngest, oldest] = daysOld[age]
  return { from: daysAgo(oldest), to: daysAgo(youngest) }
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString()
}

type Sum = Readonly<Record<Age | 'total', Receivable['total']>> & {
  readonly of: string
  readonly currency: string
  /** Accounts or refunds. */
  readonly count: number
}

/** The sums of both lists, each currency apart. */
function Sums({ sums }: { sums: readonly Sum[] }) {
  if (sums.length === 0) return null
  return (
    <Section title="In all">
      <Table size="small" aria-label="In all">
        <TableHead>
          <TableRow>
            <TableCell>Owed</TableCell>
            <TableCell>Currency</TableCell>
            <TableCell align="right">Accounts or refunds</TableCell>
            <TableCell align="right">Amount</TableCell>
            {ages.map((age) => (
              <TableCell key={age} align="right">
                {ageLabels[age]}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {sums.map((sum) => (
            <TableRow key={`${sum.of} ${sum.currency}`} sx={{ '& td': { fontWeight: 600 } }}>
              <TableCell>{sum.of}</TableCell>
              <TableCell>{sum.currency}</TableCell>
              <TableCell align="right">{countText(sum.count)}</TableCell>
              {(['total', ...ages] as const).map((part) => (
                <TableCell key={part} align="right">
                  <AmountText amount={sum[part]} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}
