import { Badge, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { Backorder } from '../api.ts'
import { isEnd, outcomeOf, tones } from './outcome.ts'

export function StateBadge({ state }: Pick<Backorder, 'state'>) {
  const t = useTranslations('orders.states')
  return (
    <Badge variant="light" color={tones[state]} tt="none" size="lg" className="state-badge">
      {t(state)}
    </Badge>
  )
}

/** Why an order ended without the name, in a word or two. */
export function EndText({ order }: { order: Backorder }) {
  const t = useTranslations('orders.short')
  const outcome = outcomeOf(order)
  return isEnd(outcome) ? (
    <Text size="sm" c="dimmed">
      {t(outcome)}
    </Text>
  ) : null
}
