import type { Schema } from '@droplock/sdk/client'
import { Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { BackorderDetail } from '../api.ts'
import { Section } from '../parts/Facts.tsx'
import { TimeText, useMoney } from '../parts/texts.tsx'
import { refundSentence } from './outcome.ts'

type MoneySectionProps = {
  readonly order: Pick<BackorderDetail, 'payments'>
  readonly refunds: readonly Schema<'RefundDetail'>[]
}

/** What was paid for an order, and what came back: where it is and when it arrives. */
export function MoneySection({ order: { payments }, refunds }: MoneySectionProps) {
  const t = useTranslations('orders.money')
  const money = useMoney()
  return (
    <Section title={t('title')}>
      <Stack gap="sm">
        {payments.length === 0 ? <Text c="dimmed">{t('none')}</Text> : null}
        {payments.map(({ id, method, state, amount, created_at }) => (
          <div key={id}>
            <Text>
              <b>{money(amount)}</b> {t(`methods.${method}`)} · {t(`payments.${state}`)}
            </Text>
            <Text size="sm" c="dimmed">
              <TimeText at={created_at} seconds />
            </Text>
          </div>
        ))}
        {refunds.map((refund) => (
          <div key={refund.id} className="refund">
            <Text fw={600}>{t('refund', { amount: money(refund.amount) })}</Text>
            <Text>{t(`refunds.${refundSentence(refund)}`)}</Text>
            <Text size="sm" c="dimmed">
              {t(`causes.${refund.cause}`)}
              <br />
              <TimeText at={refund.decided_at ?? refund.created_at} seconds />
            </Text>
          </div>
        ))}
      </Stack>
    </Section>
  )
}
