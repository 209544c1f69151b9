import { MEMBER_NAME_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '@droplock/rules/members'
import { Alert, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { codeOf } from '../api.ts'
import { askOwn } from '../own.ts'
import type { Viewer } from '../page-state.ts'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useHref } from '../viewing.tsx'
import { NewPasswordInput, PresentPasswordInput } from './password-inputs.tsx'
import { SubmitButton } from './SubmitButton.tsx'
import { isAddress, useMemberForm } from './useMemberForm.ts'

type OfViewer = { readonly viewer: Viewer }

export function ChangeName({ viewer }: OfViewer) {
  const t = useTranslations('security')
  const { form, mistakes, isPending, isSuccess, error } = useMemberForm({
    names: ['name'],
    check: ({ name }) => (name.trim() === '' ? { name: t('nameMissing') } : {}),
    send: ({ name }) => askOwn('POST', '/people/me/name', { name: name.trim() }),
  })
  return (
    <Section title={t('nameTitle')}>
      <form {...form}>
        <Fields
          verb={t('saveName')}
          isPending={isPending}
          error={error}
          done={isSuccess ? t('nameSaved') : ''}
        >
          <TextInput
            name="name"
            label={t('name')}
            description={t('nameAbout')}
            defaultValue={viewer.name}
            error={mistakes.name}
            autoComplete="name"
            maxLength={MEMBER_NAME_CHARACTERS_MAX}
            required
          />
        </Fields>
      </form>
    </Section>
  )
}

export function ChangeAddress({ viewer }: OfViewer) {
  const t = useTranslations('security')
  const href = useHref()
  const [asked, setAsked] = useState('')
  const { form, mistakes, isPending, error } = useMemberForm({
    names: ['newEmail'],
    resets: true,
    check: ({ newEmail }) =>
      !isAddress(newEmail)
        ? { newEmail: t('addressMissing') }
        : newEmail.trim().toLowerCase() === viewer.email
          ? { newEmail: t('addressSame') }
          : {},
    send: async ({ newEmail }) => {
      const address = newEmail.trim()
      await askOwn('POST', '/auth/change-email', {
        newEmail: address,
        callbackURL: href(`/confirmed?change=${encodeURIComponent(address)}`),
      })
      setAsked(address)
    },
  })
  return (
    <Section title={t('addressTitle')}>
      <Text mb="sm">
        {t.rich('addressNow', { email: () => <strong className="name">{viewer.email}</strong> })}
      </Text>
      <form {...form}>
        <Fields
          verb={t('changeAddress')}
          isPending={isPending}
          error={error}
          done={asked === '' ? '' : t('addressAsked', { email: viewer.email, newEmail: asked })}
        >
          <TextInput
            name="newEmail"
            type="email"
            label={t('newAddress')}
            description={t('newAddressAbout')}
            error={mistakes.newEmail}
            autoComplete="off"
            required
          />
        </Fields>
      </form>
    </Section>
  )
}

export function ChangePassword({ viewer }: OfViewer) {
  const t = useTranslations('security')
  const queries = useQueryClient()
  const [round, setRound] = useState(0)
  return (
    <Section title={t('passwordTitle')}>
      <PasswordForm
        key={round}
        email={viewer.email}
        isDone={round > 0}
        onDone={() => {
          setRound(round + 1)
          // All others were ended.
          void queries.invalidateQueries({ queryKey: ['sessions'] })
        }}
      />
    </Section>
  )
}

type PasswordFormProps = { readonly email: string; readonly isDone: boolean; readonly onDone: () => void }

function PasswordForm({ email, isDone, onDone }: PasswordFormProps) {
  const t = useTranslations('security')
  const { form, mistakes, isPending, error } = useMemberForm({
    names: ['currentPassword', 'newPassword'],
    check: ({ currentPassword, newPassword }) => ({
      ...(currentPassword === '' && { currentPassword: t('presentMissing') }),
      ...([...newPassword].length < PASSWORD_CHARACTERS_MIN && {
        newPassword: t('passwordShort', { min: PASSWORD_CHARACTERS_MIN }),
      }),
    }),
    send: async (body) => {
      await askOwn('POST', '/auth/change-password', body)
      onDone()
    },
  })
  const isWrong = error !== null && codeOf(error) === 'invalid_credentials'
  return (
    <form {...form}>
      {/* So that password managers know whose it is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Fields
        verb={t('changePassword')}
        isPending={isPending}
        error={isWrong ? null : error}
        done={isDone ? t('passwordChanged') : ''}
      >
        <PresentPasswordInput
          name="currentPassword"
          label={t('present')}
          error={mistakes.currentPassword ?? (isWrong ? t('presentWrong') : undefined)}
        />
        <NewPasswordInput name="newPassword" label={t('newPassword')} error={mistakes.newPassword} />
      </Fields>
    </form>
  )
}

type FieldsProps = {
  readonly verb: string
  readonly isPending: boolean
  readonly error: unknown
  /** What was done, once it was. */
  readonly done: string
  readonly children: ReactNode
}

function Fields({ verb, isPending, error, done, children }: FieldsProps) {
  return (
    <Stack gap="md" maw={440}>
      {children}
      {error === null ? null : <Problem error={error} />}
      <div>
        <SubmitButton variant="default" isPending={isPending} verb={verb} />
        <div role="status">
          {done === '' ? null : (
            <Alert variant="light" mt="sm">
              {done}
            </Alert>
          )}
        </div>
      </div>
    </Stack>
  )
}
