import { Anchor, Box, Container, Group, Text } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { later } from '../later.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { Choices } from './Choices.tsx'
import { signOut } from './sign-out.ts'

const Notices = later(async () => (await import('./Notices.tsx')).Notices)
const AccountNotices = lazy(async () => ({
  default: (await import('../members/AccountNotices.tsx')).AccountNotices,
}))

/** What every page has: the mark, the four places, who is signed in, language and currency. */
export function Layout({ children }: { children: ReactNode }) {
  const t = useTranslations()
  const { viewer } = useViewing()
  return (
    <>
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <Header />
      <Container component="main" id="content" size="lg" py="lg" tabIndex={-1}>
        <Suspense fallback={null}>
          {viewer !== null && (viewer.mustAcceptTerms || viewer.isSuspended) ? (
            <AccountNotices viewer={viewer} />
          ) : null}
          {viewer === null ? null : <Notices />}
        </Suspense>
        {children}
        <noscript>
          <p>{t('noScript')}</p>
        </noscript>
      </Container>
      <Footer />
    </>
  )
}

function Header() {
  const t = useTranslations()
  const href = useHref()
  const { viewer } = useViewing()
  return (
    <Box component="header" className="site-header">
      <Container size="lg" className="bar">
        <Link href={href('/names')} className="brand">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          {t('brand')}
        </Link>
        <nav aria-label={t('nav.menu')}>
          <Place path="/names">{t('nav.names')}</Place>
          {viewer === null ? null : (
            <>
              <Place path="/orders">{t('nav.orders')}</Place>
              <Place path="/account">{t('nav.account')}</Place>
            </>
          )}
          <Place path="/help">{t('nav.help')}</Place>
        </nav>
        <Group gap="sm" className="who">
          {viewer === null ? (
            <>
              <Anchor component={Link} href={href('/sign-in')}>
                {t('nav.signIn')}
              </Anchor>
              <Anchor component={Link} href={href('/sign-up')} fw={600}>
                {t('nav.signUp')}
              </Anchor>
            </>
          ) : (
            <>
              <Text size="sm" c="dimmed" className="email">
                {viewer.email}
              </Text>
              <Anchor component="button" type="button" onClick={() => void signOut()}>
                {t('nav.signOut')}
              </Anchor>
            </>
          )}
        </Group>
      </Container>
    </Box>
  )
}

function Place({ path, children }: { path: string; children: ReactNode }) {
  const href = useHref()(path)
  const [at] = useLocation()
  const isHere = at === href || at.startsWith(`${href}/`)
  return (
    <Link href={href} className="place" aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}

function Footer() {
  return (
    <Box component="footer" className="site-footer">
      <Container size="lg">
        <Choices />
      </Container>
    </Box>
  )
}
