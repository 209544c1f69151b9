import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { minorUnitsOf } from '../parts/amount.ts'

type Amount = {
  readonly text: string
  readonly isWrong: boolean
  readonly type: (text: string) => void
  /** In minor units; undefined where it is none, which the field then says. */
  readonly read: () => number | undefined
}

/** An amount that is typed. */
export function useAmount(currency: string, begin = ''): Amount {
  const [text, type] = useState(begin)
  const [isWrong, setWrong] = useState(false)
  const read = () => {
    const minor = minorUnitsOf(text, currency)
    setWrong(minor === undefined)
    return minor
  }
  return { text, isWrong, type, read }
}

export function AmountField({ label, amount }: { readonly label: string; readonly amount: Amount }) {
  const t = useTranslations('balance')
  return (
    <TextInput
      label={label}
      value={amount.text}
      error={amount.isWrong ? t('notAnAmount') : undefined}
      inputMode="decimal"
      autoComplete="off"
      w={200}
      onChange={({ currentTarget }) => amount.type(currentTarget.value)}
    />
  )
}
