import { Anchor, Box, Button, Container, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { useHref, useViewing } from '../viewing.tsx'
import { signOut } from './sign-out.ts'

/** The mark, the places and who is signed in. On a phone the places are behind a button, which works without scripts. */
export function Header() {
  const t = useTranslations()
  const href = useHref()
  const { viewer } = useViewing()
  const [at] = useLocation()
  return (
    <Box component="header" className="site-header">
      <Container size="lg" className="bar">
        <Link href={href('/names')} className="brand">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          {t('brand')}
        </Link>
        <nav aria-label={t('nav.menu')} className="places">
          <Places />
        </nav>
        <div className="who">
          {viewer === null ? (
            <SignIn />
          ) : (
            <>
              <Text size="sm" c="dimmed" className="email wide-only" title={viewer.email}>
                {viewer.email}
              </Text>
              <SignOut className="wide-only" />
            </>
          )}
          {/* Another page closes it. */}
          <details className="menu" key={at}>
            <summary>{t('nav.menu')}</summary>
            <nav aria-label={t('nav.menu')}>
              <Places />
              {viewer === null ? (
                <Link href={href('/sign-up')} className="place">
                  {t('nav.signUp')}
                </Link>
              ) : (
                <div className="menu-who">
                  <Text size="sm" c="dimmed" className="email">
                    {viewer.email}
                  </Text>
                  <SignOut />
                </div>
              )}
            </nav>
          </details>
        </div>
      </Container>
    </Box>
  )
}

function SignIn() {
  const t = useTranslations('nav')
  const href = useHref()
  return (
    <>
      <Anchor component={Link} href={href('/sign-in')}>
        {t('signIn')}
      </Anchor>
      <Button component={Link} href={href('/sign-up')} size="sm" className="wide-only">
        {t('signUp')}
      </Button>
    </>
  )
}

function SignOut({ className }: { className?: string }) {
  const t = useTranslations('nav')
  return (
    <Anchor component="button" type="button" onClick={() => void signOut()} className={className}>
      {t('signOut')}
    </Anchor>
  )
}

function Places() {
  const t = useTranslations('nav')
  const { viewer } = useViewing()
  return (
    <>
      <Place path="/names">{t('names')}</Place>
      {viewer === null ? null : (
        <>
          <Place path="/orders">{t('orders')}</Place>
          <Place path="/account">{t('account')}</Place>
        </>
      )}
      <Place path="/help">{t('help')}</Place>
    </>
  )
}

function Place({ path, children }: { path: string; children: string }) {
  const href = useHref()(path)
  const [at] = useLocation()
  const isHere = at === href || at.startsWith(`${href}/`)
  return (
    <Link href={href} className="place" aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  )
}
