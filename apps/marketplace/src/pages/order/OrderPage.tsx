import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Suspense, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useLocation, useSearch } from 'wouter'
import { later } from '../later.tsx'
import { useHasAccepted } from '../members/TermsNotice.tsx'
import { SignInFirst } from '../parts/SignInFirst.tsx'
import { NameText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { type Chosen as ChosenNames, chosenIn, currentOf, searchOfChosen } from './chosen.ts'
import { openedAt } from './opened.ts'

// Each is a page of its own, loaded when it is the one that is wanted.
const SingleOrder = later(async () => (await import('./SingleOrder.tsx')).SingleOrder)
const SeveralOrder = later(async () => (await import('./SeveralOrder.tsx')).SeveralOrder)
const BulkResult = later(async () => (await import('./BulkResult.tsx')).BulkResult)

/** `/order`: one name, several at once, or several by card one after the other. The address holds what was chosen. */
export function OrderPage() {
  const t = useTranslations('order')
  const { viewer } = useViewing()
  const search = useSearch()
  const hasAccepted = useHasAccepted()
  if (viewer === null) return <ForVisitors search={search} />
  if (viewer.role === 'viewer') return <Apart text={t('viewerMayNot')} />
  if (viewer.isSuspended) return <Apart text={t('suspended')} />
  // An order is placed under the terms in force: the notice above has them and the button.
  if (viewer.mustAcceptTerms && !hasAccepted) return <Apart text={t('terms')} />
  const bulk = new URLSearchParams(search).get('bulk')
  return (
    <Suspense fallback={<Skeleton height={400} />}>
      {bulk === null ? <Chosen search={search} /> : <BulkResult id={bulk} />}
    </Suspense>
  )
}

function ForVisitors({ search }: { search: string }) {
  const t = useTranslations('order')
  const chosen = chosenIn(search)
  const name = currentOf(chosen)
  const count = chosen.names.length
  return (
    <Stack gap="md">
      <Title order={1}>
        {name === undefined
          ? t(count === 0 ? 'title' : 'several', { count })
          : t.rich('titleOf', { name: () => <NameText key="name" name={name} /> })}
      </Title>
      <SignInFirst text={t('signInAbout')} />
    </Stack>
  )
}

function Chosen({ search }: { search: string }) {
  const t = useTranslations('order')
  const chosen = chosenIn(search)
  const name = currentOf(chosen)
  if (name !== undefined && new URLSearchParams(search).has('returned'))
    return <Returned name={name} chosen={chosen} />
  if (name !== undefined) return <SingleOrder key={name} name={name} chosen={chosen} />
  return chosen.names.length > 1 ? (
    <SeveralOrder key={search} names={chosen.names} />
  ) : (
    <Apart text={t('noName')} link={t('toNames')} />
  )
}

/** From a card's page back to where the payment is followed; in another browser, to the name, which knows its order. */
function Returned({ name, chosen }: { name: string; chosen: ChosenNames }) {
  const href = useHref()
  const [, navigate] = useLocation()
  useEffect(() => {
    navigate(href(openedAt(name) ?? `/order${searchOfChosen(chosen)}`), { replace: true })
  })
  return <Skeleton height={300} />
}

function Apart({ text, link }: { text: string; link?: string }) {
  const t = useTranslations('order')
  const href = useHref()
  return (
    <Stack gap="md" maw={640}>
      <Title order={1}>{t('title')}</Title>
      <Text>{text}</Text>
      <Anchor component={Link} href={href('/names')}>
        {link ?? t('moreNames')}
      </Anchor>
    </Stack>
  )
}
