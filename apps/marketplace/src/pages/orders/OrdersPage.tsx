import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Link, useLocation, useSearch } from 'wouter'
import { useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
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
          <Pages filters={filters} next={data.next} />
        </div>
      )}
    </Stack>
  )
}

type Counts = {
  readonly by_state: Readonly<Record<string, number>>
  readonly total: number
  readonly total_is_exact: boolean
}

/** The tabs are links: each is an address. */
function States({ filters, counts }: { filters: OrderFilters; counts: Counts | undefined }) {
  const t = useTranslations('orders')
  const href = useHref()
  const format = useFormatter()
  const { state: open, name } = filters
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
          <span className="count">
            {countOf(state === undefined ? counts?.total : counts?.by_state[state])}
          </span>
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
        {name === undefined ? t(`empty.${state ?? 'all'}`) : t('empty.notFound', { name })}
      </Text>
      {name === undefined ? (
        <Button component={Link} href={href('/names')} variant={state === undefined ? 'filled' : 'default'}>
          {t('empty.toNames')}
        </Button>
      ) : null}
    </Stack>
  )
}

function Pages({ filters, next }: { filters: OrderFilters; next: string | undefined }) {
  const t = useTranslations('orders')
  const href = useHref()
  const { cursor, ...first } = filters
  if (cursor === undefined && next === undefined) return null
  return (
    <Group component="nav" aria-label={t('pages.label')} mt="md">
      {cursor === undefined ? null : (
        <Anchor component={Link} href={href(`/orders${searchOfOrders(first)}`)}>
          {t('pages.first')}
        </Anchor>
      )}
      {next === undefined ? null : (
        <Anchor
          component={Link}
          rel="next"
          href={href(`/orders${searchOfOrders({ ...first, cursor: next })}`)}
        >
          {t('pages.next')}
        </Anchor>
      )}
    </Group>
  )
}
