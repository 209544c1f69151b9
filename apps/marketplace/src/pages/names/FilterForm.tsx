import { Anchor, Button, NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { useColon } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { type FilterName, type Filters, filtersIn, narrowing, searchOf } from './filters.ts'
import { ZonePicker } from './ZonePicker.tsx'

type FilterFormProps = {
  readonly filters: Filters
  /** Filters that the API does not take. */
  readonly refused: readonly FilterName[]
  readonly onAsked: () => void
}

const shownFirst: ReadonlySet<FilterName> = new Set(['q', 'zone'])

/** A plain form with GET: the browser itself makes the address, with scripts and without. */
export function FilterForm({ filters, refused, onAsked }: FilterFormProps) {
  const t = useTranslations('names')
  const href = useHref()
  const [, navigate] = useLocation()
  const hasMore = narrowing.some(
    (name) => !shownFirst.has(name) && (filters[name] !== undefined || refused.includes(name)),
  )
  return (
    <form
      method="get"
      action={href('/names')}
      role="search"
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        onAsked()
        navigate(href(`/names${searchOf(filtersOf(new FormData(event.currentTarget)))}`))
      }}
    >
      <div className="filters-first">
        <Field name="q" label={t('search')} about={t('searchAbout')} filters={filters} refused={refused} />
        <ZonePicker filters={filters} error={refused.includes('zone') ? t('faults.zone') : undefined} />
        <Choice
          name="order"
          label={t('order')}
          filters={filters}
          refused={refused}
          values={{ '': t('orders.cutoff'), name: t('orders.name'), price: t('orders.price') }}
        />
        <Button type="submit">{t('find')}</Button>
      </div>
      <details className="more" open={hasMore}>
        <summary>{t('more')}</summary>
        <MoreFilters filters={filters} refused={refused} />
      </details>
    </form>
  )
}

function filtersOf(form: FormData): Filters {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return filtersIn(new URLSearchParams(texts).toString())
}

type FieldProps = {
  readonly name: FilterName
  readonly label: string
  readonly filters: Filters
  readonly refused: readonly FilterName[]
}

type TextFieldProps = FieldProps & {
  readonly about?: string
  readonly type?: 'date' | 'text'
  readonly inputMode?: 'numeric' | 'decimal'
}

function Field({ name, label, filters, refused, about, type = 'text', inputMode }: TextFieldProps) {
  const t = useTranslations('names.faults')
  return (
    <TextInput
      name={name}
      label={label}
      description={about}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      type={type}
      inputMode={inputMode}
      defaultValue={filters[name] ?? ''}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      error={refused.includes(name) ? t(name) : undefined}
    />
  )
}

type ChoiceProps = FieldProps & { readonly values: Readonly<Record<string, string>> }

function Choice({ name, label, filters, refused, values }: ChoiceProps) {
  const t = useTranslations('names.faults')
  return (
    <NativeSelect
      name={name}
      label={label}
      defaultValue={filters[name] ?? ''}
      rightSectionWidth={30}
      data={Object.entries(values).map(([value, text]) => ({ value, label: text }))}
      error={refused.includes(name) ? t(name) : undefined}
    />
  )
}

const shapes = ['letters', 'digits', 'LLL', 'CVCV', 'LLNN', 'AABB'] as const

const states = ['upcoming', 'closed', 'dropping', 'caught', 'lost', 'missed', 'withdrawn', 'unsold'] as const

function MoreFilters(props: Omit<FieldProps, 'name' | 'label'>) {
  const t = useTranslations('names')
  const colon = useColon()
  const stateTexts = useTranslations('states')
  const href = useHref()
  const { currency } = useViewing()
  const none = { '': t('any') }
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mt="sm" className="filters-more">
        <Field {...props} name="starts_with" label={t('startsWith')} />
        <Field {...props} name="ends_with" label={t('endsWith')} />
        <Field {...props} name="length_min" label={t('lengthFrom')} inputMode="numeric" />
        <Field {...props} name="length_max" label={t('lengthTo')} inputMode="numeric" />
        <Choice
          {...props}
          name="digits"
          label={t('digits')}
          values={{ ...none, none: t('none'), any: t('with'), only: t('only') }}
        />
        <Choice
          {...props}
          name="hyphens"
          label={t('hyphens')}
          values={{ ...none, none: t('none'), any: t('with') }}
        />
        <Choice
          {...props}
          name="idn"
          label={t('idn')}
          values={{ ...none, false: t('none'), true: t('only') }}
        />
        <Field {...props} name="shape" label={t('shape')} />
        <Field {...props} name="price_min" label={t('priceFrom', { currency })} inputMode="decimal" />
        <Field {...props} name="price_max" label={t('priceTo', { currency })} inputMode="decimal" />
        <Field {...props} name="drop_from" label={t('dropFrom')} type="date" />
        <Field {...props} name="drop_to" label={t('dropTo')} type="date" />
        <Choice
          {...props}
          name="orderable"
          label={t('available')}
          values={{ ...none, true: t('yes'), false: t('no') }}
        />
        <Choice
          {...props}
          name="state"
          label={t('state')}
          values={{
            '': stateTexts('open'),
            ...Object.fromEntries(states.map((state) => [state, stateTexts(state)])),
          }}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="sm">
        {t('shape')}
        {colon}
        {t('shapeAbout')}
        {shapes.map((shape, index) => (
          <span key={shape}>
            {index === 0 ? null : t('shapeComma')}
            <Anchor component={Link} href={href(`/names${searchOf({ ...props.filters, shape })}`)} inherit>
              {shape}
            </Anchor>
            {t(`shapes.${shape}`)}
          </span>
        ))}
      </Text>
    </>
  )
}
