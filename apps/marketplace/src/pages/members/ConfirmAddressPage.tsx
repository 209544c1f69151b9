import { Anchor, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { codeOf } from '../api.ts'
import { askOwn } from '../own.ts'
import { useHref } from '../viewing.tsx'
import { OldLink } from './ConfirmedPage.tsx'
import { MemberForm } from './MemberForm.tsx'
import { Narrow } from './Narrow.tsx'
import { nextIn } from './next.ts'
import { PresentPasswordInput } from './password-inputs.tsx'
import { useMemberForm } from './useMemberForm.ts'

/** The link of a sign-up, opened in another browser: whoever signed up knows the password, and nobody else confirms the address. */
export function ConfirmAddressPage() {
  const t = useTranslations('confirmAddress')
  const href = useHref()
  const search = useSearch()
  const next = nextIn(search)
  const token = new URLSearchParams(search).get('token') ?? ''
  const { form, mistakes, isPending, isSuccess, error } = useMemberForm({
    names: ['password'],
    check: ({ password }) => (password === '' ? { password: t('missing') } : {}),
    send: async ({ password }) => {
      await askOwn('POST', '/auth/confirm-address', { token, password })
      window.location.assign(next ?? href('/names'))
    },
  })
  if (error !== null && codeOf(error) === 'link_invalid') return <OldLink next={next} />
  return (
    <Narrow title={t('title')}>
      <Text>{t('about')}</Text>
      <MemberForm of={{ form, error }} isPending={isPending || isSuccess} verb={t('confirm')}>
        <PresentPasswordInput name="password" label={t('password')} error={mistakes.password} />
      </MemberForm>
      <Text c="dimmed">
        {t.rich('notYou', {
          link: (text) => (
            <Anchor component={Link} href={href('/reset-password')}>
              {text}
            </Anchor>
          ),
        })}
      </Text>
    </Narrow>
  )
}
