import { Checkbox, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { useViewing } from '../viewing.tsx'
import type { Filters } from './filters.ts'
import { zonesQuery } from './listing-queries.ts'

/** One zone or several. Boxes of the form, so that it works without scripts. */
export function ZonePicker({ filters, error }: { filters: Filters; error: string | undefined }) {
  const t = useTranslations('names')
  const { currency } = useViewing()
  const { data } = useQuery(zonesQuery(useApi(), currency))
  const [chosen, setChosen] = useState<readonly string[]>(filters.zone?.split(',') ?? [])
  const zones = data?.items ?? []
  const known = new Set(zones.map(({ zone }) => zone))
  const unknown = chosen.filter((zone) => !known.has(zone)).map((zone) => ({ zone, unicode_zone: zone }))
  const [first] = chosen
  const text =
    first === undefined
      ? t('anyZone')
      : chosen.length === 1
        ? `.${zones.find(({ zone }) => zone === first)?.unicode_zone ?? first}`
        : t('zonesChosen', { count: chosen.length })
  return (
    <fieldset className="picker">
      <legend>{t('zone')}</legend>
      <details>
        <summary>{text}</summary>
        <div className="picker-boxes">
          {[...zones, ...unknown].map(({ zone, unicode_zone }) => (
            <Checkbox
              key={zone}
              name="zone"
              value={zone}
              label={`.${unicode_zone}`}
              checked={chosen.includes(zone)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen((before) => (checked ? [...before, zone] : before.filter((one) => one !== zone)))
              }
            />
          ))}
        </div>
      </details>
      {error === undefined ? null : (
        <Text size="xs" c="red.8" role="alert">
          {error}
        </Text>
      )}
    </fieldset>
  )
}
