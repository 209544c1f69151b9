import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { BackorderDetail } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { MoneyText, TimeText, WindowText } from '../parts/texts.tsx'
import { InstantText } from './times.tsx'

/** The terms of an order, and its times. */
export function OrderFacts({ order }: { order: BackorderDetail }) {
  const t = useTranslations('orders.facts')
  const { price, created_at, secured_at, cutoff_at, drop_from, drop_to, settled_at, reference } = order
  const facts: readonly (readonly [string, ReactNode] | undefined)[] = [
    [t('price'), <MoneyText key="price" amount={price} />],
    settled_at === undefined
      ? undefined
      : [
          t('settled'),
          <>
            <InstantText at={settled_at} />
            <Text size="sm" c="dimmed">
              {t('settledAbout')}
            </Text>
          </>,
        ],
    [t('ordered'), <TimeText key="ordered" at={created_at} seconds />],
    secured_at === undefined ? undefined : [t('secured'), <TimeText key="secured" at={secured_at} seconds />],
    [t('closes'), <TimeText key="closes" at={cutoff_at} />],
    [t('window'), <WindowText key="window" seconds from={drop_from} to={drop_to} />],
    reference === undefined ? undefined : [t('reference'), reference],
    [t('id'), <code key="id">{order.id}</code>],
  ]
  return (
    <Section title={t('title')}>
      <Facts facts={facts.filter((fact) => fact !== undefined)} />
    </Section>
  )
}
