import { Stack, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import type { Role } from './people-queries.ts'
import { RoleChoice } from './RoleChoice.tsx'
import { SubmitButton } from './SubmitButton.tsx'
import { isAddress, useMemberForm } from './useMemberForm.ts'

/** Invites a person by mail. */
export function InviteForm({ onInvited }: { onInvited: (email: string) => void }) {
  const t = useTranslations('people')
  const queries = useQueryClient()
  const [role, setRole] = useState<Role>('buyer')
  const { form, mistakes, isPending, error } = useMemberForm({
    names: ['email'],
    resets: true,
    check: ({ email }) => (isAddress(email) ? {} : { email: t('emailMissing') }),
    send: async ({ email }) => {
      await askOwn('POST', '/people/all', { email: email.trim(), role })
      await queries.invalidateQueries({ queryKey: ['people'] })
      onInvited(email.trim())
    },
  })
  return (
    <Section title={t('invite')}>
      <form {...form}>
        <Stack gap="md" maw={480}>
          <TextInput
            name="email"
            type="email"
            label={t('email')}
            description={t('emailAbout')}
            error={mistakes.email}
            autoComplete="off"
            required
          />
          <RoleChoice value={role} onChange={setRole} />
          {error === null ? null : <Problem error={error} />}
          <SubmitButton
            isPending={isPending}
            verb={t('sendInvitation')}
            style={{ alignSelf: 'flex-start' }}
          />
        </Stack>
      </form>
    </Section>
  )
}
