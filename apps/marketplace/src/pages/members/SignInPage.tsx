import { Anchor, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { codeOf } from '../api.ts'
import { askOwn } from '../own.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { CheckMail } from './CheckMail.tsx'
import { AddressInput, MemberForm } from './MemberForm.tsx'
import { Narrow } from './Narrow.tsx'
import { nextIn, withNext } from './next.ts'
import { PresentPasswordInput } from './password-inputs.tsx'
import { isAddress, useMemberForm } from './useMemberForm.ts'

/** Sign-in with address and password; from there the person goes on to where they came from. */
export function SignInPage() {
  const t = useTranslations('signIn')
  const href = useHref()
  const next = nextIn(useSearch())
  const { viewer } = useViewing()
  const [unconfirmed, setUnconfirmed] = useState<string>()
  const { form, mistakes, isPending, isSuccess, error } = useMemberForm({
    names: ['email', 'password'],
    check: ({ email, password }) => ({
      ...(!isAddress(email) && { email: t('emailMissing') }),
      ...(password === '' && { password: t('passwordMissing') }),
    }),
    send: async ({ email, password }) => {
      try {
        await askOwn('POST', '/auth/sign-in/email', {
          email: email.trim(),
          password,
          callbackURL: href(`/confirmed${withNext(next)}`),
        })
      } catch (refused) {
        if (codeOf(refused) !== 'email_not_verified') throw refused
        setUnconfirmed(email.trim())
        return
      }
      // A whole new page: the server draws it for this person.
      window.location.assign(next ?? href('/names'))
    },
  })
  if (unconfirmed !== undefined)
    return <CheckMail email={unconfirmed} next={next} onChange={() => setUnconfirmed(undefined)} />
  if (viewer !== null) return <SignedIn email={viewer.email} next={next} />
  return (
    <Narrow title={t('title')}>
      <MemberForm of={{ form, error }} isPending={isPending || isSuccess} verb={t('signIn')}>
        <AddressInput label={t('email')} error={mistakes.email} />
        <PresentPasswordInput name="password" label={t('password')} error={mistakes.password} />
      </MemberForm>
      <Group justify="space-between" gap="xs">
        <Anchor component={Link} href={href('/reset-password')}>
          {t('forgotten')}
        </Anchor>
        <Anchor component={Link} href={href(`/sign-up${withNext(next)}`)}>
          {t('noAccount')}
        </Anchor>
      </Group>
    </Narrow>
  )
}

function SignedIn({ email, next }: { email: string; next: string | undefined }) {
  const t = useTranslations('signIn')
  const href = useHref()
  return (
    <Narrow title={t('already')}>
      <Text>{t.rich('signedInAs', { email: () => <strong className="name">{email}</strong> })}</Text>
      <Button component={Link} href={next ?? href('/names')}>
        {t('goOn')}
      </Button>
    </Narrow>
  )
}
