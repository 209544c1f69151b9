import { Button, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link, useSearch } from 'wouter'
import { useHref, useViewing } from '../viewing.tsx'
import { sendLink } from './CheckMail.tsx'
import { AddressInput, MemberForm } from './MemberForm.tsx'
import { Narrow } from './Narrow.tsx'
import { nextIn, withNext } from './next.ts'
import { isAddress, useMemberForm } from './useMemberForm.ts'

/** Where the link of a mail leads that confirms an address: of a new person, or of a person who changes theirs. */
export function ConfirmedPage() {
  const search = useSearch()
  const given = new URLSearchParams(search)
  const next = nextIn(search)
  if (given.has('error')) return <OldLink next={next} />
  const change = given.get('change')
  return change === null ? <Confirmed next={next} /> : <Changed email={change} />
}

function Confirmed({ next }: { next: string | undefined }) {
  const t = useTranslations('confirmed')
  const href = useHref()
  const { viewer } = useViewing()
  return (
    <Narrow title={t('title')}>
      <Text>{viewer === null ? t('signInNow') : t('ready')}</Text>
      <Button
        component={Link}
        href={viewer === null ? href(`/sign-in${withNext(next)}`) : (next ?? href('/names'))}
      >
        {viewer === null ? t('signIn') : next === undefined ? t('toNames') : t('goOn')}
      </Button>
    </Narrow>
  )
}

/** Two links change an address: the first, at the old one, allows it; the second, at the new one, proves that it is theirs. */
function Changed({ email }: { email: string }) {
  const t = useTranslations('confirmed')
  const href = useHref()
  const { viewer } = useViewing()
  const isDone = viewer?.email === email.toLowerCase()
  const address = { email: () => <strong className="name">{email}</strong> }
  return (
    <Narrow title={isDone ? t('changedTitle') : t('nearlyTitle')}>
      <Text>{isDone ? t.rich('changed', address) : t.rich('nearly', address)}</Text>
      <Button component={Link} href={href('/account/security')} variant="default">
        {t('toAccount')}
      </Button>
    </Narrow>
  )
}

/** The link is used up or too old: another one is sent. */
export function OldLink({ next }: { next: string | undefined }) {
  const t = useTranslations('confirmed')
  const mail = useTranslations('checkMail')
  const href = useHref()
  const { form, mistakes, isPending, isSuccess, error } = useMemberForm({
    names: ['email'],
    check: ({ email }) => (isAddress(email) ? {} : { email: t('emailMissing') }),
    send: ({ email }) => sendLink(email.trim(), href(`/confirmed${withNext(next)}`)),
  })
  return (
    <Narrow title={t('oldTitle')}>
      <Text>{t('old')}</Text>
      <MemberForm of={{ form, error }} isPending={isPending} verb={t('send')}>
        <AddressInput label={t('email')} error={mistakes.email} />
      </MemberForm>
      <Text role="status" size="sm" className="said">
        {isSuccess && !isPending ? mail('sentAgain') : ''}
      </Text>
      <Button component={Link} href={href(`/sign-in${withNext(next)}`)} variant="default">
        {t('signIn')}
      </Button>
    </Narrow>
  )
}
