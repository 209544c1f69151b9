import type { Schema } from '@droplock/sdk/client'
import { Alert } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useMoney } from '../parts/texts.tsx'

/** Where money goes that arrived too late for the name. */
export function LateMoney({ refunds }: { refunds: readonly Schema<'Refund'>[] }) {
  const t = useTranslations('order')
  const money = useMoney()
  return refunds.map(({ id, amount, destination }) => (
    <Alert key={id} variant="light" color="orange">
      {t(`late.${destination}`, { amount: money(amount) })}
    </Alert>
  ))
}
