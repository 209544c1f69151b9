import { Container } from '@mantine/core'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useLocation } from 'wouter'
import { later, WithTexts } from '../later.tsx'
import { useViewing } from '../viewing.tsx'
import { Footer } from './Footer.tsx'
import { Header } from './Header.tsx'

const Notices = later(async () => (await import('./Notices.tsx')).Notices)

/** What every page has: the mark, the four places, who is signed in, language and currency. */
export function Layout({ children }: { children: ReactNode }) {
  const t = useTranslations()
  const { viewer } = useViewing()
  useArrival()
  return (
    <>
      <a className="skip" href="#content">
        {t('nav.skip')}
      </a>
      <Header />
      <Container component="main" id="content" size="lg" py="lg" tabIndex={-1}>
        {viewer === null ? null : (
          <Suspense fallback={null}>
            <WithTexts areas={['mails']}>
              <Notices viewer={viewer} />
            </WithTexts>
          </Suspense>
        )}
        {children}
        <noscript>
          <p className="note">{t('noScript')}</p>
        </noscript>
      </Container>
      <Footer />
    </>
  )
}

/** Another page begins at its top, and is read from its beginning, as if the browser had loaded it. */
function useArrival(): void {
  const [at] = useLocation()
  const last = useRef(at)
  useEffect(() => {
    if (last.current === at) return
    last.current = at
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
  }, [at])
}
