import { Alert, Anchor, Button, Checkbox, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { type Listing, useApi } from '../api.ts'
import { PageLinks } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Countdown, MoneyText, NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { zoneAlone } from '../titles.ts'
import { useHref, useMayOrder, useViewing } from '../viewing.tsx'
import { ActiveFilters } from './ActiveFilters.tsx'
import { FilterForm } from './FilterForm.tsx'
import { type Filters, filtersIn, searchOf } from './filters.ts'
import { type FoundNames, listingsQuery, readOwn } from './listing-queries.ts'
import { PublishedText } from './PublishedText.tsx'
import { WhyNot } from './WhyNot.tsx'

/** The names that can be backordered. The address holds all filters; the page can be read without scripts. */
export function NamesPage() {
  const t = useTranslations('names')
  const { currency, viewer } = useViewing()
  const search = useSearch()
  const filters = filtersIn(search)
  const zone = zoneAlone(search)
  const { data, error, refetch } = useQuery({
    ...listingsQuery(useApi(), filters, currency),
    ...readOwn(viewer),
  })
  const isAsked = useRef(false)
  const content = useRef<HTMLDivElement>(null)
  // Who has searched goes on at what was found, or at what is to be corrected.
  useEffect(() => {
    if (!isAsked.current || data === undefined) return
    isAsked.current = false
    const wanted = data.refused === undefined ? '[data-found]' : '[aria-invalid="true"]'
    content.current?.querySelector<HTMLElement>(wanted)?.focus()
  }, [data])
  return (
    <Stack gap="lg" ref={content}>
      <header>
        <Title order={1}>{zone === undefined ? t('title') : t('ofZone', { zone })}</Title>
        <Text mt={6} maw={720}>
          {t('about')}
        </Text>
        <PublishedText />
      </header>
      <FilterForm
        key={searchOf(filters)}
        filters={filters}
        refused={data?.refused?.fields ?? []}
        onAsked={() => {
          isAsked.current = true
        }}
      />
      <ActiveFilters filters={filters} />
      {error !== null ? (
        <Problem error={error} onAgain={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={400} />
      ) : data.refused === undefined ? (
        <Found page={data.page} filters={filters} />
      ) : (
        <Refused refused={data.refused} />
      )}
    </Stack>
  )
}

/** The filters were not taken: the fields say what to correct. */
function Refused({ refused: { code, fields } }: { refused: NonNullable<FoundNames['refused']> }) {
  const t = useTranslations('names')
  const problems = useTranslations('problems.codes')
  const text =
    code !== 'invalid_request' && problems.has(code as never) ? problems(code as never) : t('refused')
  return (
    <Alert color="red" variant="light" role="alert">
      <Text>{text}</Text>
      {fields.includes('cursor') ? <PageLinks next={undefined} /> : null}
    </Alert>
  )
}

type FoundProps = { readonly page: NonNullable<FoundNames['page']>; readonly filters: Filters }

function Found({ page: { items, next, total = 0, total_is_exact: isExact = true }, filters }: FoundProps) {
  const t = useTranslations('names')
  const href = useHref()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const toggle = (name: string) =>
    setSelected(
      (before) => new Set(before.has(name) ? [...before].filter((one) => one !== name) : [...before, name]),
    )
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline" gap="sm">
        <Title order={2} size="h4" tabIndex={-1} data-found aria-live="polite">
          {isExact ? t('found', { count: total }) : t('foundAtLeast', { count: total })}
        </Title>
        {items.length === 0 ? null : (
          <Anchor href={`/names.csv${searchOf(filters)}`} size="sm">
            {t('csv')}
          </Anchor>
        )}
      </Group>
      {items.length === 0 ? (
        <Alert variant="light">{t('empty')}</Alert>
      ) : (
        <NamesTable items={items} selected={selected} onToggle={toggle} />
      )}
      <PageLinks next={next} />
      <div role="status" className={selected.size === 0 ? undefined : 'selection'}>
        {selected.size === 0 ? null : (
          <>
            <Text fw={600}>{t('selected', { count: selected.size })}</Text>
            <Group gap="sm">
              <Button variant="subtle" onClick={() => setSelected(new Set())}>
                {t('unselect')}
              </Button>
              <Button component={Link} href={href(`/order?${namesOf(selected)}`)}>
                {t('orderSelected')}
              </Button>
            </Group>
          </>
        )}
      </div>
    </Stack>
  )
}

const namesOf = (names: ReadonlySet<string>) =>
  [...names].map((name) => `name=${encodeURIComponent(name)}`).join('&')

type NamesTableProps = {
  readonly items: readonly Listing[]
  readonly selected: ReadonlySet<string>
  readonly onToggle: (name: string) => void
}

function NamesTable({ items, selected, onToggle }: NamesTableProps) {
  const t = useTranslations('names')
  return (
    <Sheet isCards highlightOnHover verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={48} aria-label={t('orderSelected')} />
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
    </Sheet>
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
  const mayOrder = useMayOrder()
  const { name, price, cutoff_at, drop_from, drop_to, orderable } = listing
  return (
    <Table.Tr>
      <Table.Td className="select">
        {orderable && mayOrder ? (
          <Checkbox aria-label={t('select', { name })} checked={isSelected} onChange={onToggle} />
        ) : null}
      </Table.Td>
      <Table.Td className="main">
        <Anchor component={Link} href={href(`/names/${name}`)} className="name-link">
          <NameText name={name} />
        </Anchor>
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {price === undefined ? '–' : <MoneyText amount={price} />}
      </Table.Td>
      <Table.Td data-label={t('closes')}>
        <TimeText at={cutoff_at} />{' '}
        <Text size="sm" c="dimmed" component="span" className="beneath">
          <Countdown to={cutoff_at} isPhrase />
        </Text>
      </Table.Td>
      <Table.Td data-label={t('drops')}>
        <WindowText from={drop_from} to={drop_to} />
      </Table.Td>
      <Table.Td ta="right" className="action">
        {orderable && mayOrder ? (
          <Button
            component={Link}
            href={href(`/order?name=${encodeURIComponent(name)}`)}
            size="xs"
            aria-label={t('backorderName', { name })}
          >
            {t('backorder')}
          </Button>
        ) : orderable ? null : (
          <WhyNot listing={listing} />
        )}
      </Table.Td>
    </Table.Tr>
  )
}
