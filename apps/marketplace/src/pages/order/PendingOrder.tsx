import { Alert, Anchor, Group, Loader, Paper, Stack, Text } from '@mantine/core'
import { useNow, useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { type BackorderDetail, type Payment, useApi } from '../api.ts'
import { Facts } from '../parts/Facts.tsx'
import { once } from '../parts/keys.ts'
import { Countdown, MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { type Chosen, payPath } from './chosen.ts'
import { PayBox } from './PayBox.tsx'
import { ResultHeading } from './ResultHeading.tsx'

type PendingOrderProps = {
  readonly order: BackorderDetail
  readonly chosen: Chosen
  readonly onPaid: () => void
}

/** A held name and its payment: with the countdown of the hold, and what can still be done about a declined card. */
export function PendingOrder({ order, chosen, onPaid }: PendingOrderProps) {
  const t = useTranslations('order')
  const href = useHref()
  const { viewer } = useViewing()
  const now = useNow({ updateInterval: 1_000 })
  const { id, name, price, pay_by: payBy, cutoff_at } = order
  const isOver = payBy !== undefined && new Date(payBy) <= now
  return (
    <Stack gap="lg" maw={640}>
      <ResultHeading about={id}>
        {t.rich('payFor', { name: () => <NameText key="name" name={name} /> })}
      </ResultHeading>
      <Facts
        facts={[
          [t('price'), <MoneyText key="price" amount={price} />],
          ...(payBy === undefined || isOver
            ? []
            : [
                [
                  t('heldUntil'),
                  <>
                    <TimeText at={payBy} /> · <Countdown to={payBy} />
                  </>,
                ] as const,
              ]),
          [t('closes'), <TimeText key="closes" at={cutoff_at} />],
        ]}
      />
      {isOver ? (
        <Group gap="sm" role="status">
          <Loader size="sm" aria-hidden="true" />
          <Text>{t('lookingAfter')}</Text>
        </Group>
      ) : viewer?.role === 'viewer' ? (
        <Alert variant="light">{t('viewerMayNot')}</Alert>
      ) : (
        <Paper withBorder p="lg" radius="md">
          <PayHold order={order} chosen={chosen} onPaid={onPaid} />
        </Paper>
      )}
      <Anchor component={Link} href={href(`/orders/${id}`)}>
        {t('toOrder')}
      </Anchor>
    </Stack>
  )
}

function PayHold({ order, chosen, onPaid }: PendingOrderProps) {
  const t = useTranslations('order')
  const api = useApi()
  const { id, price, payments } = order
  const path = { id }
  return (
    <PayBox
      what={`pay ${id}`}
      amount={price}
      opened={payments.findLast(isOpen)}
      fromBalance={(key) => api.post('/v1/backorders/{id}/pay', { params: { path, header: once(key) } })}
      byCard={(key) => api.post('/v1/backorders/{id}/payments', { params: { path, header: once(key) } })}
      returnTo={payPath(id, chosen)}
      onPaid={onPaid}
      notice={() => <Text size="sm">{t('noCancel')}</Text>}
    />
  )
}

function isOpen({ method, state }: Payment): boolean {
  return method === 'card' && (state === 'requires_action' || state === 'processing' || state === 'failed')
}
