import { Anchor } from '@mantine/core'
import { toUnicode } from 'punycode.js'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useColon, useList } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { type FilterName, type Filters, narrowing, searchOf, without } from './filters.ts'

/** What narrows the list now; each is removed by a link. */
export function ActiveFilters({ filters }: { filters: Filters }) {
  const t = useTranslations('names')
  const href = useHref()
  const textOf = useFilterText()
  const active = narrowing.filter((name) => filters[name] !== undefined)
  if (active.length === 0) return null
  return (
    <ul className="chips" aria-label={t('filters')}>
      {active.map((name) => {
        const filter = textOf(name, filters[name] ?? '')
        return (
          <li key={name}>
            <Link
              href={href(`/names${searchOf(without(filters, name))}`)}
              className="chip"
              aria-label={t('removeFilter', { filter })}
            >
              {filter} <span aria-hidden="true">×</span>
            </Link>
          </li>
        )
      })}
      <li>
        <Anchor component={Link} href={href('/names')} size="sm">
          {t('reset')}
        </Anchor>
      </li>
    </ul>
  )
}

const labels = {
  q: 'search',
  starts_with: 'startsWith',
  ends_with: 'endsWith',
  length_min: 'lengthFrom',
  length_max: 'lengthTo',
  digits: 'digits',
  hyphens: 'hyphens',
  idn: 'idn',
  shape: 'shape',
  drop_from: 'dropFrom',
  drop_to: 'dropTo',
  state: 'state',
  orderable: 'available',
} as const

const words = { none: 'none', any: 'with', only: 'only' } as const

/** A filter in words, as its field says it. */
function useFilterText(): (name: FilterName, value: string) => string {
  const t = useTranslations('names')
  const colon = useColon()
  const states = useTranslations('states')
  const list = useList()
  const { currency } = useViewing()
  const valueOf = (name: FilterName, value: string) => {
    if (name === 'orderable') return value === 'true' ? t('yes') : value === 'false' ? t('no') : value
    if (name === 'idn') return value === 'true' ? t('only') : value === 'false' ? t('none') : value
    if (name === 'state') return states.has(value as never) ? states(value as never) : value
    if ((name === 'digits' || name === 'hyphens') && Object.hasOwn(words, value))
      return t(words[value as keyof typeof words])
    return value
  }
  return (name, value) => {
    if (name === 'zone')
      return list(
        value.split(',').map((zone) => `.${toUnicode(zone)}`),
        'disjunction',
      )
    const label =
      name === 'price_min' || name === 'price_max'
        ? t(name === 'price_min' ? 'priceFrom' : 'priceTo', { currency })
        : t(labels[name as keyof typeof labels])
    return `${label}${colon}${valueOf(name, value)}`
  }
}
