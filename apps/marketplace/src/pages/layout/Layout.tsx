import { Container } from '@mantine/core'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useMessages, useTranslations } from 'use-intl'
import { useLocation, useSearch } from 'wouter'
import { later } from '../later.ts'
import { titleOf } from '../titles.ts'
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
        <Suspense fallback={null}>{viewer === null ? null : <Notices viewer={viewer} />}</Suspense>
        {children}
        <noscript>
          <p className="note">{t('noScript')}</p>
        </noscript>
      </Container>
      <Footer />
    </>
  )
}

/** Another page begins at its top, with its own title, and is read from its beginning, as if the browser had loaded it. */
function useArrival(): void {
  const [at] = useLocation()
  const search = useSearch()
  const texts = useMessages()
  const isFirst = useRef(true)
  const last = useRef(at)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    document.title = titleOf(at, search, texts)
  }, [at, search, texts])
  useEffect(() => {
    if (last.current === at) return
    last.current = at
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
  }, [at])
}
