import { Badge, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { Backorder } from '../api.ts'
import { isEnd, outcomeOf, tones } from './outcome.ts'

/** The state of an order, and why it ended without the name. */
export function StateBadge({
  order,
}: {
  order: Pick<Backorder, 'state' | 'failure_reason' | 'expired_reason'>
}) {
  const t = useTranslations('orders')
  const outcome = outcomeOf(order)
  return (
    <>
      <Badge variant="light" color={tones[order.state]} tt="none" size="lg" className="state-badge">
        {t(`states.${order.state}`)}
      </Badge>
      {isEnd(outcome) ? (
        <Text size="sm" c="dimmed">
          {t(`short.${outcome}`)}
        </Text>
      ) : null}
    </>
  )
}
