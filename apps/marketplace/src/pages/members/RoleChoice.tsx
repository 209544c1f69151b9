import { Radio, Stack } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { type Role, roles } from './people-queries.ts'

type RoleChoiceProps = { readonly value: Role; readonly onChange: (role: Role) => void }

/** A role, each with what it may do. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const t = useTranslations('people')
  return (
    <Radio.Group
      label={t('role')}
      value={value}
      onChange={(chosen) => onChange(roles.find((role) => role === chosen) ?? value)}
    >
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`roleAbout.${role}`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
