import { MEMBER_NAME_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '@droplock/rules/members'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { Alert, Anchor, Checkbox, NativeSelect, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { askOwn } from '../own.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { CheckMail } from './CheckMail.tsx'
import { MemberForm } from './MemberForm.tsx'
import { Narrow } from './Narrow.tsx'
import { nextIn, withNext } from './next.ts'
import { NewPasswordInput } from './password-inputs.tsx'
import { isAddress, type Mistakes, useMemberForm } from './useMemberForm.ts'

const names = ['name', 'email', 'password', 'currency', 'terms'] as const

/** Sign-up: of a new account, or by an invitation to one, whose address is not typed anew. */
export function SignUpPage() {
  const t = useTranslations('signUp')
  const href = useHref()
  const search = useSearch()
  const next = nextIn(search)
  const { language, currency } = useViewing()
  const invited = invitationIn(search)
  const [sentTo, setSentTo] = useState<string>()
  const { form, mistakes, isPending, error } = useMemberForm({
    names,
    check: ({ name, email, password, terms }) => ({
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(!isAddress(email) && { email: t('emailMissing') }),
      ...([...password].length < PASSWORD_CHARACTERS_MIN && {
        password: t('passwordShort', { min: PASSWORD_CHARACTERS_MIN }),
      }),
      ...(terms === '' && { terms: t('termsMissing') }),
    }),
    send: async ({ name, email, password, currency: chosen }) => {
      await askOwn('POST', '/auth/sign-up/email', {
        name: name.trim(),
        email: email.trim(),
        password,
        language,
        currency: chosen === '' ? currency : chosen,
        termsVersion: TERMS_VERSION,
        ...(invited !== undefined && { invitation: invited.id }),
        callbackURL: href(`/confirmed${withNext(next)}`),
      })
      setSentTo(email.trim())
    },
  })
  // The form stays, hidden: nothing typed is lost where the address has to be corrected.
  return (
    <>
      {sentTo === undefined ? null : (
        <CheckMail email={sentTo} next={next} onChange={() => setSentTo(undefined)} />
      )}
      <div hidden={sentTo !== undefined}>
        <Narrow title={t('title')}>
          {invited === undefined ? <Text>{t('about')}</Text> : <Alert variant="light">{t('invited')}</Alert>}
          <MemberForm of={{ form, error }} isPending={isPending} verb={t('signUp')}>
            <WhoFields mistakes={mistakes} invitedAs={invited?.email} />
            <NewPasswordInput name="password" label={t('password')} error={mistakes.password} />
            {invited === undefined ? <CurrencyField /> : null}
            <Terms error={mistakes.terms} />
          </MemberForm>
          <Text>
            {t('haveAccount')}{' '}
            <Anchor component={Link} href={href(`/sign-in${withNext(next)}`)}>
              {t('signIn')}
            </Anchor>
          </Text>
        </Narrow>
      </div>
    </>
  )
}

type WhoFieldsProps = {
  readonly mistakes: Mistakes<(typeof names)[number]>
  /** The address of the invitation. */
  readonly invitedAs: string | undefined
}

function WhoFields({ mistakes, invitedAs }: WhoFieldsProps) {
  const t = useTranslations('signUp')
  return (
    <>
      <TextInput
        name="name"
        label={t('name')}
        description={t('nameHelp')}
        error={mistakes.name}
        autoComplete="name"
        maxLength={MEMBER_NAME_CHARACTERS_MAX}
        required
      />
      <TextInput
        name="email"
        type="email"
        label={t('email')}
        description={t('emailHelp')}
        error={mistakes.email}
        autoComplete="username"
        maxLength={254}
        defaultValue={invitedAs}
        readOnly={invitedAs !== undefined}
        required
      />
    </>
  )
}

function CurrencyField() {
  const t = useTranslations('signUp')
  const { currency, currencies } = useViewing()
  if (currencies.length < 2) return null
  return (
    <NativeSelect
      name="currency"
      label={t('currency')}
      description={t('currencyHelp')}
      defaultValue={currency}
      data={[...currencies]}
    />
  )
}

function Terms({ error }: { error: string | undefined }) {
  const t = useTranslations('signUp')
  const href = useHref()
  return (
    <Checkbox
      name="terms"
      value="accepted"
      error={error}
      label={t.rich('terms', {
        link: (text) => (
          <Anchor href={href('/help#terms')} target="_blank" rel="noopener" inherit>
            {text}
          </Anchor>
        ),
      })}
    />
  )
}

/** The address and the id of an invitation, as its mail's link names them. */
function invitationIn(search: string): { readonly id: string; readonly email: string } | undefined {
  const given = new URLSearchParams(search)
  const [id, email] = [given.get('invitation'), given.get('email')]
  return id === null || email === null ? undefined : { id, email }
}
