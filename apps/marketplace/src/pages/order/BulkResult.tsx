import type { Client, Schema } from '@droplock/sdk/client'
import { Anchor, Button, Group, Loader, Skeleton, Stack, Table, Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { NameText } from '../parts/texts.tsx'
import { useWords } from '../parts/use-words.ts'
import { useHref } from '../viewing.tsx'
import { NAMES_MAX, searchOfChosen } from './chosen.ts'
import { ResultHeading } from './ResultHeading.tsx'

type BulkItem = Schema<'BulkOrderItem'>

/** Results come name by name. Milliseconds. */
const READ_AGAIN_MS = 1_000

function bulkQuery(api: Client, id: string) {
  return queryOptions({
    queryKey: ['bulk-order', id],
    queryFn: async () => {
      const params = { path: { id } }
      // The items after the order: a finished one has no waiting items.
      const order = await api.get('/v1/bulk-orders/{id}', { params })
      const { items } = await api.get('/v1/bulk-orders/{id}/items', {
        params: { ...params, query: { limit: NAMES_MAX } },
      })
      return { order, items }
    },
  })
}

/** `/order?bulk=…`: several names that were ordered at once, with the result of each as it comes. */
export function BulkResult({ id }: { id: string }) {
  const t = useTranslations('order')
  const { data, error, refetch } = useQuery({
    ...bulkQuery(useApi(), id),
    refetchInterval: ({ state }) => (state.data?.order.state === 'finished' ? false : READ_AGAIN_MS),
  })
  if (data === undefined)
    return error === null ? (
      <Skeleton height={300} />
    ) : (
      <Problem error={error} onAgain={() => void refetch()} />
    )
  const { order, items } = data
  const { placed, refused, waiting } = order
  const isDone = order.state === 'finished'
  const yours = items.filter(isYours).length
  return (
    <Stack gap="lg">
      <ResultHeading about={order.state}>
        {isDone
          ? t(yours === 0 ? 'bulkDone' : 'bulkDoneYours', { placed, yours, refused: refused - yours })
          : t('ordering', { count: order.items })}
      </ResultHeading>
      {isDone ? null : (
        <Group gap="sm" role="status">
          <Loader size="sm" aria-hidden="true" />
          <Text>{t('orderingAbout', { done: order.items - waiting, count: order.items })}</Text>
        </Group>
      )}
      <Sheet isCards verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
            <Table.Th aria-label={t('toOrder')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <ItemRow key={item.position} item={item} />
          ))}
        </Table.Tbody>
      </Sheet>
      {isDone ? <GoOn items={items} /> : null}
    </Stack>
  )
}

/** The account has the name by another order: an earlier one whose answer was lost, perhaps. */
function isYours({ problem }: BulkItem): boolean {
  return problem?.code === 'already_yours'
}

function ItemRow({ item }: { item: BulkItem }) {
  const { name, state, backorder_id: placed, problem } = item
  const t = useTranslations('order')
  const say = useWords()
  const href = useHref()
  return (
    <Table.Tr>
      <Table.Td className="main" fw={600}>
        <NameText name={name} />
      </Table.Td>
      <Table.Td data-label={t('state')}>
        <strong>{t(isYours(item) ? 'yours' : state)}</strong>
        {problem === undefined || isYours(item) ? null : <Text size="sm">{say(problem)}</Text>}
      </Table.Td>
      <Table.Td ta="right" className="action">
        {placed !== undefined ? (
          <Anchor component={Link} href={href(`/orders/${placed}`)} size="sm">
            {t('toOrder')}
          </Anchor>
        ) : problem !== undefined ? (
          <Anchor component={Link} href={href(`/order?name=${encodeURIComponent(name)}`)} size="sm">
            {t(isYours(item) ? 'toOrder' : 'checkAgain')}
          </Anchor>
        ) : null}
      </Table.Td>
    </Table.Tr>
  )
}

function GoOn({ items }: { items: readonly BulkItem[] }) {
  const t = useTranslations('order')
  const href = useHref()
  const unpaid = items
    .filter(({ problem }) => problem?.code === 'insufficient_balance')
    .map(({ name }) => name)
  return (
    <Group gap="md">
      <Button component={Link} href={href('/orders')}>
        {t('toOrders')}
      </Button>
      {unpaid.length === 0 ? null : (
        <Button
          component={Link}
          href={href(`/order${searchOfChosen({ names: unpaid, step: 1 })}`)}
          variant="default"
        >
          {t('refusedByCard')}
        </Button>
      )}
      <Anchor component={Link} href={href('/names')}>
        {t('moreNames')}
      </Anchor>
    </Group>
  )
}
