import { useEffect } from 'react'
import { useTranslations } from 'use-intl'

/** What the browser's tab, its history and screen readers call the page. */
export function usePageTitle(title: string | undefined): void {
  const brand = useTranslations()('brand')
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · ${brand}`
  }, [title, brand])
}
