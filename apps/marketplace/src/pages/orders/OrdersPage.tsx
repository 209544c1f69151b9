import type { Schema } from '@droplock/sdk/client'
import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Link, useLocation, useSearch } from 'wouter'
import { useApi } from '../api.ts'
import { PageLinks } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { usePageTitle } from '../parts/use-page-title.ts'
import { useHref } from '../viewing.tsx'
import { type OrderFilters, orderFiltersIn, orderStates, searchedName, searchOfOrders } from './filters.ts'
import { usePolling } from './live/LiveOrders.tsx'
import { LiveState } from './live/LiveState.tsx'
import { OrdersTable } from './OrdersTable.tsx'
import { ordersQuery } from './queries.ts'

/** "My backordered domains": the address holds tab, search and page. */
export function OrdersPage() {
  const t = useTranslations('orders')
  const filters = orderFiltersIn(useSearch())
  usePageTitle(t('title'))
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...ordersQuery(useApi(), filters),
    refetchInterval: usePolling(),
  })
  return (
    <Stack gap="md">
      <Group justify="space-between" align="end" gap="sm">
        <Title order={1}>{t('title')}</Title>
        <LiveState />
      </Group>
      <SearchForm key={filters.name ?? ''} filters={filters} />
      <States filters={filters} counts={data?.counts} />
      {data === undefined ? (
        error === null ? (
          <Skeleton height={400} />
        ) : (
          <Problem error={error} onAgain={() => void refetch()} />
        )
      ) : (
        <div aria-busy={isPlaceholderData}>
          {data.items.length === 0 ? <Empty filters={filters} /> : <OrdersTable items={data.items} />}
          <PageLinks next={data.next} />
        </div>
      )}
    </Stack>
  )
}

type Counts = Pick<Schema<'BackorderCounts'>, 'by_state' | 'total_is_exact'>

/** The tabs are links: each is an address. */
function States({ filters, counts }: { filters: OrderFilters; counts: Counts | undefined }) {
  const t = useTranslations('orders')
  const href = useHref()
  const format = useFormatter()
  const { state: open, name } = filters
  // `total` is of the state that is looked at.
  const total = orderStates.reduce((sum, state) => sum + (counts?.by_state[state] ?? 0), 0)
  const countOf = (count: number | undefined) =>
    counts === undefined ? '' : `${format.number(count ?? 0)}${counts.total_is_exact ? '' : '+'}`
  return (
    <nav aria-label={t('states.label')} className="order-states">
      {[undefined, ...orderStates].map((state) => (
        <Link
          key={state ?? 'all'}
          href={href(`/orders${searchOfOrders({ ...(state && { state }), ...(name && { name }) })}`)}
          aria-current={state === open ? 'page' : undefined}
        >
          {t(`states.${state ?? 'all'}`)}{' '}
          <span className="count">{countOf(state === undefined ? total : counts?.by_state[state])}</span>
        </Link>
      ))}
    </nav>
  )
}

function SearchForm({ filters }: { filters: OrderFilters }) {
  const t = useTranslations('orders.search')
  const href = useHref()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState(filters.name ?? '')
  const [isWrong, setIsWrong] = useState(false)
  const { cursor: _, name: __, ...rest } = filters
  const search = (event: FormEvent) => {
    event.preventDefault()
    const name = typed.trim()
    if (name !== '' && searchedName(name) === undefined) return setIsWrong(true)
    navigate(href(`/orders${searchOfOrders({ ...rest, ...(name !== '' && { name }) })}`))
  }
  return (
    <form role="search" onSubmit={search}>
      <Group gap="sm" align="start">
        <TextInput
          type="search"
          aria-label={t('label')}
          placeholder={t('label')}
          value={typed}
          maxLength={253}
          error={isWrong ? t('wrong') : undefined}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value)
            setIsWrong(false)
          }}
          className="order-search"
        />
        <Button type="submit" variant="default">
          {t('find')}
        </Button>
        {filters.name === undefined ? null : (
          <Anchor component={Link} href={href(`/orders${searchOfOrders(rest)}`)} py={7}>
            {t('reset')}
          </Anchor>
        )}
      </Group>
    </form>
  )
}

/** What to do where there is nothing. */
function Empty({ filters: { state, name } }: { filters: OrderFilters }) {
  const t = useTranslations('orders')
  const href = useHref()
  return (
    <Stack gap="xs" className="empty" align="start">
      <Text component="p" role="status">
        {name === undefined
          ? t(`empty.${state ?? 'all'}`)
          : t(state === undefined ? 'empty.notFound' : 'empty.notFoundHere', { name })}
      </Text>
      {name === undefined ? (
        <Button component={Link} href={href('/names')} variant={state === undefined ? 'filled' : 'default'}>
          {t('empty.toNames')}
        </Button>
      ) : null}
    </Stack>
  )
}
