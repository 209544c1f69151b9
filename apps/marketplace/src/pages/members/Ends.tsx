import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { codeOf } from '../api.ts'
import { askOwn } from '../own.ts'
import type { Viewer } from '../page-state.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { PresentPasswordInput } from './password-inputs.tsx'
import { SubmitButton } from './SubmitButton.tsx'
import { useMemberForm } from './useMemberForm.ts'

type End = 'erase' | 'close'

const paths = { erase: '/people/me/erase', close: '/people/account/close' } as const

/** The end of a person, or of their whole account: what is erased, and what law keeps. */
export function Ends({ viewer }: { viewer: Viewer }) {
  const t = useTranslations('ends')
  const [ending, setEnding] = useState<End>()
  const offered: readonly End[] = viewer.role === 'owner' ? ['erase', 'close'] : ['erase']
  return (
    <>
      {offered.map((end) => (
        <Section key={end} title={t(`${end}.title`)}>
          <Text>{t(`${end}.about`)}</Text>
          <Text mt="xs">{t(`${end}.kept`)}</Text>
          <Button mt="sm" variant="outline" color="red.9" onClick={() => setEnding(end)}>
            {t(`${end}.begin`)}
          </Button>
        </Section>
      ))}
      {ending === undefined ? null : (
        <EndDialog end={ending} email={viewer.email} onClose={() => setEnding(undefined)} />
      )}
    </>
  )
}

type EndDialogProps = { readonly end: End; readonly email: string; readonly onClose: () => void }

/** Cannot be undone: the address is typed once more, and the password proves who does it. */
function EndDialog({ end, email, onClose }: EndDialogProps) {
  const t = useTranslations('ends')
  const actions = useTranslations('actions')
  const { form, mistakes, isPending, isSuccess, error } = useMemberForm({
    names: ['confirmation', 'password'],
    check: ({ confirmation, password }) => ({
      ...(confirmation.trim().toLowerCase() !== email && { confirmation: t('addressWrong') }),
      ...(password === '' && { password: t('passwordMissing') }),
    }),
    send: async ({ password }) => {
      await askOwn('POST', paths[end], { password })
      window.location.assign('/')
    },
  })
  const isWrong = error !== null && codeOf(error) === 'invalid_credentials'
  return (
    <Dialog title={t(`${end}.question`)} onClose={onClose}>
      <Text>{t('final')}</Text>
      <form {...form}>
        <Stack gap="md">
          <TextInput
            name="confirmation"
            label={t('confirmation')}
            description={t('typeAddress', { email })}
            error={mistakes.confirmation}
            autoComplete="off"
            required
          />
          <PresentPasswordInput
            name="password"
            label={t('password')}
            error={mistakes.password ?? (isWrong ? t('passwordWrong') : undefined)}
          />
          {error === null || isWrong ? null : <Problem error={error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {actions('back')}
            </Button>
            <SubmitButton color="red.9" isPending={isPending || isSuccess} verb={t(`${end}.end`)} />
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
