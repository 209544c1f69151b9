import { Alert, Anchor, NativeSelect, Paper, SimpleGrid, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { type Money, useApi } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { MoneyText, useMoney } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { LowBalance } from './LowBalance.tsx'
import { balanceQuery, forecastQuery, transactionsQuery } from './queries.ts'
import { TopUp } from './TopUp.tsx'
import { TransactionsTable } from './TransactionsTable.tsx'

/** What the account has, what it will need, and how it gets more. */
export function Balance() {
  const { viewer } = useViewing()
  const { data, error, refetch } = useQuery(balanceQuery(useApi()))
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={320} />
  return (
    <Stack gap="xl">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Paper withBorder p="lg">
          <Standing {...data} />
        </Paper>
        {viewer?.role === 'viewer' ? null : (
          <Paper withBorder p="lg">
            <TopUp />
          </Paper>
        )}
      </SimpleGrid>
      <Due />
      <LowBalance />
      <Latest />
    </Stack>
  )
}

type StandingProps = Readonly<Record<'balance' | 'credit_limit' | 'available' | 'in_escrow', Money>>

function Standing({ balance, credit_limit: credit, available, in_escrow: reserved }: StandingProps) {
  const t = useTranslations('balance')
  const money = useMoney()
  const isOwing = balance.amount_minor < 0
  const owed = { ...balance, amount_minor: -balance.amount_minor }
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('available')}
      </Text>
      <Text className="headline">
        <MoneyText amount={available} />
      </Text>
      <Facts
        facts={[
          [t('balance'), <MoneyText key="balance" amount={balance} />],
          ...(credit.amount_minor === 0
            ? []
            : [[t('credit'), <MoneyText key="credit" amount={credit} />] as const]),
          [
            t('reserved'),
            <>
              <MoneyText amount={reserved} />
              <Text size="sm" c="dimmed">
                {t('reservedAbout')}
              </Text>
            </>,
          ],
        ]}
      />
      {isOwing ? (
        <Alert color="orange" variant="light" mt="md">
          {t('owed', { amount: money(owed) })}
        </Alert>
      ) : null}
    </>
  )
}

const DAY_MS = 86_400_000

const horizons = { day: undefined, week: 7 * DAY_MS, month: 30 * DAY_MS } as const

type Horizon = keyof typeof horizons

/** What will have to be paid. */
function Due() {
  const t = useTranslations('balance')
  const money = useMoney()
  const [horizon, setHorizon] = useState<Horizon>('day')
  const [until, setUntil] = useState<string>()
  const { data, error } = useQuery(forecastQuery(useApi(), until))
  const choose = (wanted: Horizon) => {
    const ms = horizons[wanted]
    setHorizon(wanted)
    setUntil(ms === undefined ? undefined : new Date(Date.now() + ms).toISOString())
  }
  return (
    <Section title={t('due')}>
      <NativeSelect
        label={t('until')}
        value={horizon}
        w={200}
        data={(Object.keys(horizons) as Horizon[]).map((value) => ({
          value,
          label: t(`horizons.${value}`),
        }))}
        onChange={({ currentTarget }) => choose(currentTarget.value as Horizon)}
      />
      {error === null ? null : <Problem error={error} />}
      {data === undefined ? (
        <Skeleton height={160} mt="sm" />
      ) : (
        <>
          <Sheet mt="sm" verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th aria-label={t('due')} />
                <Table.Th ta="right">{t('names')}</Table.Th>
                <Table.Th ta="right">{t('amount')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {(
                [
                  ['toPay', data.to_pay],
                  ['watched', data.watched],
                  ['renewals', data.renewals],
                ] as const
              ).map(([label, { count, amount }]) => (
                <Table.Tr key={label}>
                  <Table.Td>{t(label)}</Table.Td>
                  <Table.Td ta="right">{count}</Table.Td>
                  <Table.Td ta="right" className="figure">
                    <MoneyText amount={amount} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Sheet>
          <Text role="status" mt="xs" {...(data.shortfall.amount_minor > 0 && { fw: 600 })}>
            {data.shortfall.amount_minor > 0
              ? t('shortfall', { amount: money(data.shortfall) })
              : t('enough')}
          </Text>
        </>
      )}
    </Section>
  )
}

const LATEST = 10

function Latest() {
  const t = useTranslations('balance')
  const href = useHref()
  const { data, error } = useQuery(transactionsQuery(useApi(), { limit: LATEST }))
  return (
    <Section title={t('latest')}>
      {error === null ? null : <Problem error={error} />}
      {data === undefined ? (
        <Skeleton height={200} />
      ) : data.items.length === 0 ? (
        <Text c="dimmed">{t('none')}</Text>
      ) : (
        <>
          <TransactionsTable items={data.items} />
          <Anchor component={Link} href={href('/account/statement')} mt="sm" display="inline-block">
            {t('toStatement')}
          </Anchor>
        </>
      )}
    </Section>
  )
}
