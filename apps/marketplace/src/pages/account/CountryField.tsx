import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useViewing } from '../viewing.tsx'
import { countriesIn } from './countries.ts'

type CountryFieldProps = {
  readonly value: string
  readonly onChange: (code: string) => void
  readonly error?: string | undefined
}

export function CountryField({ value, onChange, error }: CountryFieldProps) {
  const t = useTranslations('contacts')
  const { language } = useViewing()
  const countries = useMemo(() => countriesIn(language), [language])
  return (
    <NativeSelect
      label={t('country')}
      required
      autoComplete="country"
      value={value}
      data={[{ value: '', label: t('chooseCountry') }, ...countries]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={error}
    />
  )
}
