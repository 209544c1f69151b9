import { Alert, Anchor, Button, Checkbox, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { type Listing, useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { Countdown, MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { FilterForm } from './FilterForm.tsx'
import { type Filters, filtersIn, listingsQuery, searchOf } from './filters.ts'
import { PublishedText } from './PublishedText.tsx'
import { WhyNot } from './WhyNot.tsx'

/** The names that can be backordered. The address holds all filters; the page can be read without scripts. */
export function NamesPage() {
  const t = useTranslations('names')
  const filters = filtersIn(useSearch())
  return (
    <Stack gap="md">
      <header>
        <Title order={1}>{t('title')}</Title>
        <Text mt={4} maw={680}>
          {t('about')}
        </Text>
        <PublishedText />
      </header>
      <FilterForm key={searchOf(filters)} filters={filters} />
      <Found filters={filters} />
    </Stack>
  )
}

function Found({ filters }: { filters: Filters }) {
  const t = useTranslations('names')
  const api = useApi()
  const href = useHref()
  const { currency } = useViewing()
  const { data, error, refetch } = useQuery(listingsQuery(api, filters, currency))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  if (error !== null) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={400} />
  const { items, next, total = 0, total_is_exact: isExact = true } = data
  const toggle = (name: string) =>
    setSelected(
      (before) => new Set(before.has(name) ? [...before].filter((one) => one !== name) : [...before, name]),
    )
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text component="p" fw={600} aria-live="polite">
          {isExact ? t('found', { count: total }) : t('foundAtLeast', { count: total })}
        </Text>
        <Group gap="md">
          {selected.size === 0 ? null : (
            <Button component={Link} href={href(`/order?${namesOf(selected)}`)} size="sm">
              {t('orderSelected')} ({selected.size})
            </Button>
          )}
          <Anchor href={`/names.csv${searchOf(filters)}`}>{t('csv')}</Anchor>
        </Group>
      </Group>
      {items.length === 0 ? (
        <Alert variant="light">{t('empty')}</Alert>
      ) : (
        <NamesTable items={items} selected={selected} onToggle={toggle} />
      )}
      <Group>
        {filters.cursor === undefined ? null : (
          <Anchor component={Link} href={href(`/names${searchOf(withoutCursor(filters))}`)}>
            {t('first')}
          </Anchor>
        )}
        {next === undefined ? null : (
          <Anchor component={Link} rel="next" href={href(`/names${searchOf({ ...filters, cursor: next })}`)}>
            {t('next')}
          </Anchor>
        )}
      </Group>
    </Stack>
  )
}

const namesOf = (names: ReadonlySet<string>) =>
  [...names].map((name) => `name=${encodeURIComponent(name)}`).join('&')

function withoutCursor({ cursor: _, ...filters }: Filters): Filters {
  return filters
}

type NamesTableProps = {
  readonly items: readonly Listing[]
  readonly selected: ReadonlySet<string>
  readonly onToggle: (name: string) => void
}

function NamesTable({ items, selected, onToggle }: NamesTableProps) {
  const t = useTranslations('names')
  return (
    <Table className="cards" highlightOnHover verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={40} aria-label={t('orderSelected')} />
          <Table.Th>{t('name')}</Table.Th>
          <Table.Th ta="right">{t('priceColumn')}</Table.Th>
          <Table.Th>{t('closes')}</Table.Th>
          <Table.Th>{t('drops')}</Table.Th>
          <Table.Th aria-label={t('backorder')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((listing) => (
          <NameRow
            key={listing.name}
            listing={listing}
            isSelected={selected.has(listing.name)}
            onToggle={() => onToggle(listing.name)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

type NameRowProps = {
  readonly listing: Listing
  readonly isSelected: boolean
  readonly onToggle: () => void
}

function NameRow({ listing, isSelected, onToggle }: NameRowProps) {
  const t = useTranslations('names')
  const href = useHref()
  const { name, price, cutoff_at, drop_from, orderable } = listing
  return (
    <Table.Tr>
      <Table.Td className="select">
        {orderable ? (
          <Checkbox aria-label={t('select', { name })} checked={isSelected} onChange={onToggle} />
        ) : null}
      </Table.Td>
      <Table.Td className="main">
        <Anchor component={Link} href={href(`/names/${name}`)} fw={600}>
          <NameText name={name} />
        </Anchor>
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {price === undefined ? '–' : <MoneyText amount={price} />}
      </Table.Td>
      <Table.Td data-label={t('closes')}>
        <TimeText at={cutoff_at} />
        <Text size="sm" c="dimmed" component="div">
          <Countdown to={cutoff_at} />
        </Text>
      </Table.Td>
      <Table.Td data-label={t('drops')}>
        <TimeText at={drop_from} />
      </Table.Td>
      <Table.Td ta="right" className="action">
        {orderable ? (
          <Button component={Link} href={href(`/order?name=${encodeURIComponent(name)}`)} size="xs">
            {t('backorder')}
          </Button>
        ) : (
          <WhyNot listing={listing} />
        )}
      </Table.Td>
    </Table.Tr>
  )
}
