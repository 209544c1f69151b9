import { Anchor, Button, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { useApi } from '../api.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { type FilterName, type Filters, filterNames, searchOf, zonesQuery } from './filters.ts'

/** A plain form with GET: the browser itself makes the address, with scripts and without. */
export function FilterForm({ filters }: { filters: Filters }) {
  const t = useTranslations('names')
  const href = useHref()
  const [, navigate] = useLocation()
  const isFiltered = Object.keys(filters).length > 0
  return (
    <form
      method="get"
      action={href('/names')}
      onSubmit={(event) => {
        event.preventDefault()
        navigate(href(`/names${searchOf(filtersOf(new FormData(event.currentTarget)))}`))
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }} spacing="sm">
        <Field name="q" label={t('search')} filters={filters} />
        <ZoneField filters={filters} />
        <NativeSelect
          name="order"
          label={t('order')}
          defaultValue={filters.order ?? 'cutoff'}
          data={(['cutoff', 'price', 'name'] as const).map((value) => ({
            value,
            label: t(`orders.${value}`),
          }))}
        />
        <Group align="end" gap="sm">
          <Button type="submit">{t('find')}</Button>
          {isFiltered ? (
            <Anchor component={Link} href={href('/names')} size="sm">
              {t('reset')}
            </Anchor>
          ) : null}
        </Group>
      </SimpleGrid>
      <details className="more" open={moreNames.some((name) => filters[name] !== undefined)}>
        <summary>{t('more')}</summary>
        <MoreFilters filters={filters} />
      </details>
    </form>
  )
}

const moreNames = filterNames.filter((name) => !['q', 'zone', 'order', 'cursor'].includes(name))

function filtersOf(form: FormData): Filters {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = form.get(name)
      return typeof value === 'string' && value.trim() !== '' && !(name === 'order' && value === 'cutoff')
        ? [[name, value.trim()]]
        : []
    }),
  )
}

type FieldProps = {
  readonly name: FilterName
  readonly label: string
  readonly filters: Filters
  readonly type?: 'number' | 'date' | 'text'
}

function Field({ name, label, filters, type = 'text' }: FieldProps) {
  return (
    <TextInput name={name} label={label} type={type} defaultValue={filters[name] ?? ''} autoComplete="off" />
  )
}

function ZoneField({ filters }: { filters: Filters }) {
  const t = useTranslations('names')
  const { currency } = useViewing()
  const { data } = useQuery(zonesQuery(useApi(), currency))
  const zones =
    data?.items.map(({ zone, unicode_zone }) => ({ value: zone, label: `.${unicode_zone}` })) ?? []
  return (
    <NativeSelect
      name="zone"
      label={t('zone')}
      defaultValue={filters.zone ?? ''}
      data={[{ value: '', label: t('anyZone') }, ...zones]}
    />
  )
}

function MoreFilters({ filters }: { filters: Filters }) {
  const t = useTranslations('names')
  const { currency } = useViewing()
  const any = { value: '', label: t('any') }
  const choose = (name: FilterName, label: string, values: Readonly<Record<string, string>>) => (
    <NativeSelect
      name={name}
      label={label}
      defaultValue={filters[name] ?? ''}
      data={[any, ...Object.entries(values).map(([value, text]) => ({ value, label: text }))]}
    />
  )
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mt="sm">
      <Field name="starts_with" label={t('startsWith')} filters={filters} />
      <Field name="ends_with" label={t('endsWith')} filters={filters} />
      <Field name="length_min" label={`${t('length')} ${t('from')}`} filters={filters} type="number" />
      <Field name="length_max" label={`${t('length')} ${t('to')}`} filters={filters} type="number" />
      <Field
        name="price_min"
        label={`${t('price')} (${currency}) ${t('from')}`}
        filters={filters}
        type="number"
      />
      <Field
        name="price_max"
        label={`${t('price')} (${currency}) ${t('to')}`}
        filters={filters}
        type="number"
      />
      <Field name="drop_from" label={t('dropFrom')} filters={filters} type="date" />
      <Field name="drop_to" label={t('dropTo')} filters={filters} type="date" />
      {choose('digits', t('digits'), { none: t('none'), any: t('with'), only: t('only') })}
      {choose('hyphens', t('hyphens'), { none: t('none'), any: t('with') })}
      {choose('idn', t('idn'), { false: t('none'), true: t('only') })}
      <Field name="shape" label={t('shape')} filters={filters} />
      {choose('orderable', t('available'), { true: t('yes'), false: t('no') })}
    </SimpleGrid>
  )
}
