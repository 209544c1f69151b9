import { Stack, Title } from '@mantine/core'
import { type ComponentType, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useParams } from 'wouter'
import { later, laterWith } from '../later.tsx'
import { NotFoundPage } from '../layout/NotFoundPage.tsx'
import { SignInFirst } from '../parts/SignInFirst.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { type SectionName, sectionsOf } from './sections.ts'

/** Each part of an account, loaded when it is opened. */
const parts: Partial<Readonly<Record<SectionName, ComponentType>>> = {
  balance: laterWith(['order'], async () => (await import('./Balance.tsx')).Balance),
  statement: later(async () => (await import('./Statement.tsx')).Statement),
  invoices: laterWith(['contacts'], async () => (await import('./Invoices.tsx')).Invoices),
  contacts: laterWith(['contacts'], async () => (await import('./Contacts.tsx')).Contacts),
  watches: later(async () => (await import('./Watches.tsx')).Watches),
  people: laterWith(['members'], async () => (await import('../members/People.tsx')).People),
  keys: later(async () => (await import('./Keys.tsx')).Keys),
  webhooks: later(async () => (await import('./Webhooks.tsx')).Webhooks),
  mails: laterWith(['mails'], async () => (await import('./MailsPart.tsx')).MailsPart),
  security: laterWith(['members'], async () => (await import('../members/Security.tsx')).Security),
}

/** The account: a menu of its parts, and the one that the address names. */
export function AccountPage() {
  const t = useTranslations('account')
  const href = useHref()
  const { viewer } = useViewing()
  const { section = 'balance' } = useParams()
  if (viewer === null) return <SignInFirst />
  const offered = sectionsOf(viewer.role)
  const open = offered.find(({ name }) => name === section)
  if (open === undefined) return <NotFoundPage />
  const Part = parts[open.name]
  return (
    <div className="account">
      <nav aria-label={t('title')} className="account-menu" ref={showCurrent}>
        {offered.map(({ name }) => (
          <Link
            key={name}
            href={href(`/account/${name}`)}
            aria-current={name === open.name ? 'page' : undefined}
          >
            {t(`sections.${name}`)}
          </Link>
        ))}
      </nav>
      <Stack gap="md" className="account-part">
        <Title order={1}>{t(`sections.${open.name}`)}</Title>
        <Suspense fallback={null}>{Part === undefined ? null : <Part />}</Suspense>
      </Stack>
    </div>
  )
}

/** On a phone the menu is a row that scrolls: the part that is open is in sight. */
function showCurrent(menu: HTMLElement | null): void {
  const current = menu?.querySelector<HTMLElement>('[aria-current]')
  if (menu !== null && current !== null && current !== undefined)
    menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.clientWidth) / 2
}
