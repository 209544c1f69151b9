import { PASSWORD_CHARACTERS_MIN } from '@droplock/rules/members'
import { PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Length is what makes a password hard to guess; beyond this nothing more is asked for. Characters. */
const STRONG_CHARACTERS = 18

type PasswordProps = {
  readonly name: string
  readonly label: string
  readonly error: string | undefined
}

/** A password to be chosen: it can be looked at while it is typed, and how good it is is said in words. */
export function NewPasswordInput({ name, label, error }: PasswordProps) {
  const t = useTranslations('password')
  const [length, setLength] = useState(0)
  const missing = PASSWORD_CHARACTERS_MIN - length
  const strength =
    length === 0
      ? ''
      : missing > 0
        ? t('missing', { count: missing })
        : length < STRONG_CHARACTERS
          ? t('good')
          : t('strong')
  return (
    <div>
      <PasswordInput
        name={name}
        label={label}
        description={t('rule', { min: PASSWORD_CHARACTERS_MIN })}
        error={error}
        autoComplete="new-password"
        required
        onChange={({ currentTarget: { value } }) => setLength([...value].length)}
        {...useVisibility()}
      />
      <div aria-live="polite">
        {strength === '' ? null : (
          <Text size="sm" c="dimmed" mt={4}>
            {strength}
          </Text>
        )}
      </div>
    </div>
  )
}

/** The password that a person has. */
export function PresentPasswordInput(props: PasswordProps) {
  return <PasswordInput {...props} autoComplete="current-password" required {...useVisibility()} />
}

/** The button that shows what is typed: with a name, and reached by keyboard. */
function useVisibility() {
  const t = useTranslations('password')
  const [visible, setVisible] = useState(false)
  return {
    visible,
    onVisibilityChange: setVisible,
    visibilityToggleButtonProps: { 'aria-label': visible ? t('hide') : t('show'), tabIndex: 0 },
  }
}
