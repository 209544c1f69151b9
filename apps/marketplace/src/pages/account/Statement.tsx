import { boundsOf, isMonth, monthOf, monthsBetween } from '@droplock/rules/months'
import type { Schema } from '@droplock/sdk/client'
import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { useLocation, useSearch } from 'wouter'
import { useApi } from '../api.ts'
import { Section } from '../parts/Facts.tsx'
import { PageLinks, useCursor } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { accountQuery, statementQuery, transactionsQuery } from './queries.ts'
import { TransactionsTable } from './TransactionsTable.tsx'

/** The balance over a month: what it was, what moved it, what it became. The month is in the address. */
export function Statement() {
  const t = useTranslations('statement')
  const { data, error, refetch } = useQuery(accountQuery(useApi()))
  const wanted = new URLSearchParams(useSearch()).get('month') ?? ''
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={400} />
  const months = monthsBetween(monthOf(new Date(data.body.created_at)), monthOf(new Date())).toReversed()
  const month = isMonth(wanted) ? wanted : monthOf(new Date())
  return (
    <Stack gap="md">
      <Text className="no-print">{t('about')}</Text>
      <Title order={2} size="h4" className="print-only">
        {t('of', { account: data.body.name })}
      </Title>
      <MonthBar month={month} months={months} />
      <OfMonth month={month} />
    </Stack>
  )
}

function periodOf(month: string) {
  const { startsAt, endsAt } = boundsOf(month)
  return { from: startsAt.toISOString(), to: endsAt.toISOString() }
}

type MonthBarProps = { readonly month: string; readonly months: readonly string[] }

function MonthBar({ month, months }: MonthBarProps) {
  const t = useTranslations('statement')
  const actions = useTranslations('actions')
  const format = useFormatter()
  const [path, navigate] = useLocation()
  const label = (value: string) =>
    format.dateTime(boundsOf(value).startsAt, { year: 'numeric', month: 'long', timeZone: 'UTC' })
  return (
    <Group align="end" justify="space-between" gap="sm">
      <NativeSelect
        label={t('month')}
        value={month}
        data={(months.includes(month) ? months : [month, ...months]).map((value) => ({
          value,
          label: label(value),
        }))}
        onChange={({ currentTarget }) => navigate(`${path}?month=${currentTarget.value}`)}
      />
      <Group gap="md" className="no-print">
        <Anchor href={`/statement.csv?${new URLSearchParams(periodOf(month))}`}>{t('csv')}</Anchor>
        <Button variant="default" onClick={() => window.print()}>
          {actions('print')}
        </Button>
      </Group>
    </Group>
  )
}

function OfMonth({ month }: { month: string }) {
  const t = useTranslations('statement')
  const api = useApi()
  const cursor = useCursor()
  const statement = useQuery(statementQuery(api, periodOf(month)))
  const lines = useQuery(transactionsQuery(api, { ...periodOf(month), cursor }))
  const error = statement.error ?? lines.error
  if (error !== null) return <Problem error={error} onAgain={() => void lines.refetch()} />
  if (statement.data === undefined || lines.data === undefined) return <Skeleton height={300} />
  return (
    <>
      <Summary {...statement.data} />
      <Section title={t('lines')}>
        {lines.data.items.length === 0 ? (
          <Text c="dimmed">{t('none')}</Text>
        ) : (
          <TransactionsTable items={lines.data.items} />
        )}
        <PageLinks next={lines.data.next} />
      </Section>
    </>
  )
}

function Summary({ opening, activity, closing }: Schema<'Statement'>) {
  const t = useTranslations('statement')
  const causes = useTranslations('account.causes')
  return (
    <Sheet verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th aria-label={t('lines')} />
          <Table.Th ta="right">{t('count')}</Table.Th>
          <Table.Th ta="right">{t('amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Table.Tr className="sum">
          <Table.Td colSpan={2}>{t('opening')}</Table.Td>
          <Table.Td ta="right" className="figure">
            <MoneyText amount={opening} />
          </Table.Td>
        </Table.Tr>
        {activity.map(({ cause, count, credit, debit }) => (
          <Table.Tr key={cause}>
            <Table.Td>{causes(cause)}</Table.Td>
            <Table.Td ta="right">{count}</Table.Td>
            <Table.Td ta="right" className="figure">
              <MoneyText
                amount={{ ...credit, amount_minor: credit.amount_minor - debit.amount_minor }}
                isSigned
              />
            </Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr className="sum">
          <Table.Td colSpan={2}>{t('closing')}</Table.Td>
          <Table.Td ta="right" className="figure">
            <MoneyText amount={closing} />
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Sheet>
  )
}
