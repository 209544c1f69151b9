import { PASSWORD_CHARACTERS_MIN } from '@droplock/rules/members'
import { Alert, Anchor, Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { codeOf } from '../api.ts'
import { askOwn } from '../own.ts'
import { useHref } from '../viewing.tsx'
import { AddressInput, MemberForm } from './MemberForm.tsx'
import { Narrow } from './Narrow.tsx'
import { NewPasswordInput } from './password-inputs.tsx'
import { isAddress, useMemberForm } from './useMemberForm.ts'

/** A new password: asked for by address, and chosen at the link of the mail. */
export function ResetPasswordPage() {
  const given = new URLSearchParams(useSearch())
  const token = given.get('token')
  return token === null ? <AskForLink isOld={given.has('error')} /> : <ChoosePassword token={token} />
}

function AskForLink({ isOld }: { isOld: boolean }) {
  const t = useTranslations('resetPassword')
  const href = useHref()
  const [sentTo, setSentTo] = useState<string>()
  const { form, mistakes, isPending, error } = useMemberForm({
    names: ['email'],
    check: ({ email }) => (isAddress(email) ? {} : { email: t('emailMissing') }),
    send: async ({ email }) => {
      await askOwn('POST', '/auth/request-password-reset', {
        email: email.trim(),
        redirectTo: href('/reset-password'),
      })
      setSentTo(email.trim())
    },
  })
  if (sentTo !== undefined)
    return (
      <Narrow title={t('sentTitle')} replaces>
        <Text>{t.rich('sent', { email: () => <strong className="name">{sentTo}</strong> })}</Text>
        <Text c="dimmed">{t('notThere')}</Text>
        <Anchor component="button" type="button" ta="start" onClick={() => setSentTo(undefined)}>
          {t('otherAddress')}
        </Anchor>
      </Narrow>
    )
  return (
    <Narrow title={t('title')}>
      {isOld ? (
        <Alert color="orange" variant="light" title={t('oldTitle')} role="alert">
          {t('old')}
        </Alert>
      ) : null}
      <Text>{t('about')}</Text>
      <MemberForm of={{ form, error }} isPending={isPending} verb={t('send')}>
        <AddressInput label={t('email')} error={mistakes.email} />
      </MemberForm>
      <Anchor component={Link} href={href('/sign-in')}>
        {t('back')}
      </Anchor>
    </Narrow>
  )
}

function ChoosePassword({ token }: { token: string }) {
  const t = useTranslations('resetPassword')
  const href = useHref()
  const { form, mistakes, isPending, isSuccess, error } = useMemberForm({
    names: ['password'],
    check: ({ password }) =>
      [...password].length < PASSWORD_CHARACTERS_MIN
        ? { password: t('short', { min: PASSWORD_CHARACTERS_MIN }) }
        : {},
    send: ({ password }) => askOwn('POST', '/auth/reset-password', { newPassword: password, token }),
  })
  if (isSuccess)
    return (
      <Narrow title={t('doneTitle')} replaces>
        <Text>{t('done')}</Text>
        <Button component={Link} href={href('/sign-in')}>
          {t('signIn')}
        </Button>
      </Narrow>
    )
  if (error !== null && codeOf(error) === 'link_invalid') return <AskForLink isOld />
  return (
    <Narrow title={t('choose')}>
      <MemberForm of={{ form, error }} isPending={isPending} verb={t('save')}>
        <NewPasswordInput name="password" label={t('password')} error={mistakes.password} />
      </MemberForm>
    </Narrow>
  )
}
