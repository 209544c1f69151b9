import type { Schema } from '@droplock/sdk/client'
import { Button, Group, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { amountText } from '../parts/amount.ts'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useMoney } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useViewing } from '../viewing.tsx'
import { AmountField, useAmount } from './AmountField.tsx'
import { accountQuery } from './queries.ts'

/** Below which balance people are notified; an owner sets it. */
export function LowBalance() {
  const t = useTranslations('balance')
  const money = useMoney()
  const { viewer } = useViewing()
  const { data, error } = useQuery(accountQuery(useApi()))
  const now = data?.body.low_balance
  return (
    <Section title={t('low')}>
      <Text size="sm" mb="xs">
        {t('lowAbout')}
      </Text>
      {error === null ? null : <Problem error={error} />}
      {data === undefined ? (
        <Skeleton height={60} />
      ) : viewer?.role === 'owner' ? (
        <Threshold key={data.etag} account={data.body} etag={data.etag} />
      ) : (
        <Text>{now === undefined ? t('lowNone') : t('lowNow', { amount: money(now) })}</Text>
      )}
    </Section>
  )
}

type ThresholdProps = { readonly account: Schema<'Account'>; readonly etag: string }

function Threshold({ account: { currency, low_balance: now }, etag }: ThresholdProps) {
  const t = useTranslations('balance')
  const actions = useTranslations('actions')
  const api = useApi()
  const amount = useAmount(currency, now === undefined ? '' : amountText(now))
  const change = useChange<number | null>({
    change: (minor) =>
      api.patch('/v1/account', {
        params: { header: { 'If-Match': etag } },
        body: { low_balance: minor === null ? null : { amount_minor: minor, currency } },
      }),
    changes: ['account'],
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const minor = amount.read()
        if (minor !== undefined) change.mutate(minor)
      }}
    >
      <Group align="end" gap="sm">
        <AmountField label={t('lowAt', { currency })} amount={amount} />
        <Button type="submit" variant="default" loading={change.isPending}>
          {actions('save')}
        </Button>
        {now === undefined ? null : (
          <Button variant="subtle" onClick={() => change.mutate(null)} disabled={change.isPending}>
            {t('lowRemove')}
          </Button>
        )}
      </Group>
      {change.error === null ? null : <Problem error={change.error} />}
    </form>
  )
}
