import type { Schema } from '@droplock/sdk/client'
import { Button, Group, Skeleton, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { TimeText, useColon } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { deliveriesQuery } from './queries.ts'

type Delivery = Schema<'WebhookDelivery'>

/** What is on its way changes by itself. */
const LOOK_AGAIN_MS = 3_000

/** What was sent to an endpoint, and what it answered. */
export function Deliveries({ id, url }: { id: string; url: string }) {
  const t = useTranslations('webhooks')
  const names = useTranslations('names')
  const [cursor, setCursor] = useState<string>()
  const { data, error } = useQuery({
    ...deliveriesQuery(useApi(), id, cursor),
    refetchInterval: ({ state }) =>
      state.data?.items.some((delivery) => delivery.state === 'pending') === true ? LOOK_AGAIN_MS : false,
  })
  if (error !== null && data === undefined) return <Problem error={error} />
  if (data === undefined) return <Skeleton height={120} mt="md" />
  return (
    <section>
      <Title order={3} size="h5" mt="md" mb="xs">
        {t('deliveriesOf', { url })}
      </Title>
      {data.items.length === 0 ? (
        <Text c="dimmed">{t('noDeliveries')}</Text>
      ) : (
        <Sheet isCards verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('topic')}</Table.Th>
              <Table.Th>{t('time')}</Table.Th>
              <Table.Th>{t('state')}</Table.Th>
              <Table.Th>{t('answer')}</Table.Th>
              <Table.Th aria-label={t('retry')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((delivery) => (
              <DeliveryRow key={delivery.id} endpointId={id} delivery={delivery} />
            ))}
          </Table.Tbody>
        </Sheet>
      )}
      <Group gap="sm" mt="sm">
        {cursor === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => setCursor(undefined)}>
            {names('first')}
          </Button>
        )}
        {data.next === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => setCursor(data.next)}>
            {names('next')}
          </Button>
        )}
      </Group>
    </section>
  )
}

type DeliveryRowProps = { readonly endpointId: string; readonly delivery: Delivery }

function DeliveryRow({ endpointId, delivery }: DeliveryRowProps) {
  const t = useTranslations('webhooks')
  const colon = useColon()
  const api = useApi()
  const { id, topic, created_at, state, attempts, next_attempt_at } = delivery
  const retry = useChange({
    change: () =>
      api.post('/v1/webhook-endpoints/{id}/deliveries/{delivery_id}/retry', {
        params: { path: { id: endpointId, delivery_id: id } },
      }),
    changes: ['deliveries'],
  })
  const [last] = attempts
  return (
    <Table.Tr>
      <Table.Td className="main">
        <code>{topic}</code>
      </Table.Td>
      <Table.Td data-label={t('time')}>
        <TimeText at={created_at} seconds />
      </Table.Td>
      <Table.Td data-label={t('state')}>
        {t(`deliveryStates.${state}`)}
        <Text size="sm" c="dimmed" component="div">
          {t('attempts')}
          {colon}
          {attempts.length}
          {next_attempt_at === undefined || state !== 'pending' ? null : (
            <> · {t.rich('nextAttempt', { at: () => <TimeText at={next_attempt_at} seconds /> })}</>
          )}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('answer')}>
        {last === undefined ? '–' : `${last.status ?? t('noAnswer')} · ${last.duration_ms} ms`}
        {last?.failure === undefined ? null : (
          <Text size="sm" c="dimmed" component="div">
            {last.failure}
          </Text>
        )}
        {retry.error === null ? null : <Problem error={retry.error} />}
      </Table.Td>
      <Table.Td ta="right" className="action">
        {state === 'delivered' ? null : (
          <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
            {t('retry')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
